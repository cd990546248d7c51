import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WriteStream } from 'node:tty';
import type { StackConfig } from './config.ts';
import { openControl } from './control.ts';
import { onEndRequest } from './end-requests.ts';
import { claimInstance, releaseInstance } from './instance.ts';
import { endLeftovers } from './process-list.ts';
import { readStack, removeStack } from './stack-file.ts';

/**
 * Runs `work` as the one process that uses the state folder; its signal is aborted when this process is asked to end.
 * Answers its exit code, or 1 when another has the folder.
 */
export async function holdInstance(
  { stateDirectory, logDirectory }: StackConfig,
  out: WriteStream,
  work: (ending: AbortSignal) => Promise<number>,
): Promise<number> {
  await mkdir(logDirectory, { recursive: true });
  const ending = new AbortController();
  const end = () => ending.abort(new Error('asked to stop'));
  const control = await openControl(end);
  try {
    const other = await claimInstance(stateDirectory, control);
    if (other) {
      out.write(await describeOther(stateDirectory, other.pid));
      return 1;
    }
    onEndRequest(end);
    try {
      // What a crash left behind would be taken for this run's.
      await removeStack(stateDirectory);
      const leftovers = await endLeftovers(stateDirectory);
      if (leftovers.length > 0) out.write(`Ended what an earlier run had left: ${leftovers.join(', ')}\n`);
      return await work(ending.signal);
    } finally {
      await releaseInstance(stateDirectory);
    }
  } finally {
    control.close();
    // The channel to the bootstrap would keep this process alive.
    if (process.connected) process.disconnect?.();
  }
}

async function describeOther(stateDirectory: string, pid: number): Promise<string> {
  const stack = await readStack(stateDirectory);
  const url = stack?.services.web?.url;
  const where = url ? ` at ${url}` : '';
  const state = stack?.state === 'ready' ? 'already runs' : 'is already starting';
  return `EduPlatform ${state}${where} (process ${pid}, ${join(stateDirectory, 'stack.json')}). End it with: npm stop\n`;
}
