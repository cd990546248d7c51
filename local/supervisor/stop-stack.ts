import { endProcess } from '../platform/end-process.ts';
import { isRunning } from '../platform/process-identity.ts';
import { eventually } from '../platform/wait.ts';
import { askToStop } from './control.ts';
import { findInstance } from './instance.ts';
import { endLeftovers } from './process-list.ts';

const STOP_WITHIN_MS = 60_000;

/** Ends the stack of a state folder, whatever is left of it. @returns what was done, for a person. */
export async function stopStack(stateDirectory: string): Promise<string> {
  const instance = await findInstance(stateDirectory);
  if (!instance) {
    const leftovers = await endLeftovers(stateDirectory);
    return leftovers.length > 0
      ? `Ended what a crash had left running: ${leftovers.join(', ')}.`
      : 'Nothing was running.';
  }
  try {
    await askToStop(instance);
    const ended = () => isRunning(instance).then((running) => !running);
    await eventually(ended, { timeoutMs: STOP_WITHIN_MS, intervalMs: 100 });
    return 'Stopped.';
  } catch (error) {
    await endProcess(instance);
    await endLeftovers(stateDirectory);
    return `Stopped by force: ${(error as Error).message}.`;
  }
}
