import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import type { WriteStream } from 'node:tty';
import { openControl } from './control.ts';
import { claimInstance, releaseInstance } from './instance.ts';
import { endLeftovers } from './process-list.ts';
import { readConfig } from './config.ts';
import { onEndRequest } from './end-requests.ts';
import { runStack } from './run-stack.ts';
import { readStack, removeStack } from './stack-file.ts';

/** Runs the whole stack until it is asked to end; answers the exit code. */
export async function supervise(development: boolean, out: WriteStream): Promise<number> {
  const config = readConfig(process.env, development);
  await mkdir(config.logDirectory, { recursive: true });
  const ending = new AbortController();
  const end = () => ending.abort(new Error('asked to stop'));
  const control = await openControl(end);
  try {
    const other = await claimInstance(config.stateDirectory, control);
    if (other) {
      out.write(await describeOther(config.stateDirectory, other.pid));
      return 1;
    }
    onEndRequest(end);
    try {
      // What a crash left behind would be taken for this run's.
      await removeStack(config.stateDirectory);
      const leftovers = await endLeftovers(config.stateDirectory);
      if (leftovers.length > 0) out.write(`Ended what an earlier run had left: ${leftovers.join(', ')}\n`);
      return await runStack(config, ending.signal, out);
    } finally {
      await releaseInstance(config.stateDirectory);
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
