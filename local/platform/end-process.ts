import { isRunning, type ProcessIdentity } from './process-identity.ts';
import { eventually } from './wait.ts';

/** Ends a process that is not our child: gracefully, by force after `graceMs`. Never touches a stranger with the same id. */
export async function endProcess(
  identity: ProcessIdentity,
  signal: NodeJS.Signals = 'SIGTERM',
  graceMs = 10_000,
): Promise<void> {
  if (!(await isRunning(identity))) return;
  sendSignal(identity.pid, signal);
  const ended = () => isRunning(identity).then((running) => !running);
  try {
    await eventually(ended, { timeoutMs: graceMs, intervalMs: 50 });
  } catch {
    sendSignal(identity.pid, 'SIGKILL');
    await eventually(ended, { timeoutMs: 5_000, intervalMs: 50 });
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
