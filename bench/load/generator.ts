import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Stack } from '../stack.ts';
import { pinned } from '../pinning.ts';
import type { Burst, BurstResult } from './burst.ts';
import type { Answer } from './main.ts';

export interface Generator {
  pid: number | undefined;
  /** Runs a burst; one at a time. Rejects when no connection can be made. */
  run(burst: Burst): Promise<BurstResult>;
}

/** A load generator in a process of its own, which stays warm between bursts; it ends with the stack. */
export async function startGenerator(stack: Stack): Promise<Generator> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const spec = pinned({ command: process.execPath, args: [main], ipc: true, ownGroup: true }, 'generator');
  const { child } = await stack.start('load generator', spec, async () => true);
  return {
    pid: child.pid,
    async run(burst) {
      const answered = once(child, 'message') as Promise<[Answer]>;
      child.send(burst);
      const [answer] = await answered;
      if ('error' in answer) throw new Error(`a burst on ${burst.url} failed: ${answer.error}`);
      return answer.result;
    },
  };
}
