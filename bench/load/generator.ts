import { fileURLToPath } from 'node:url';
import type { Stack } from '../stack.ts';
import { askChild } from '../ask-child.ts';
import { pinned } from '../pinning.ts';
import type { Burst, BurstResult } from './burst.ts';
import type { Order, Reply } from './main.ts';

export interface Generator {
  pid: number | undefined;
  /**
   * Runs a burst; one at a time. Rejects when no connection can be made.
   * @param onOpen done when all connections are open, before the first request
   */
  run(burst: Burst, onOpen?: () => Promise<void>): Promise<BurstResult>;
}

const NAME = 'load generator';

/** A load generator in a process of its own, which stays warm between bursts; it ends with the stack. */
export async function startGenerator(stack: Stack): Promise<Generator> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const spec = pinned({ command: process.execPath, args: [main], ipc: true, ownGroup: true }, 'generator');
  const { child } = await stack.start(NAME, spec, async () => true);
  const ask = (order: Order): Promise<Reply> => askChild(child, `the ${NAME}`, order, isReply);
  return {
    pid: child.pid,
    async run(burst, onOpen) {
      let reply = await ask({ burst, isHeld: onOpen !== undefined });
      if (reply.kind === 'open') {
        try {
          await onOpen?.();
        } catch (error) {
          await ask({ goesOn: false });
          throw error;
        }
        reply = await ask({ goesOn: true });
      }
      if (reply.kind === 'done') return reply.result;
      throw new Error(`a burst on ${burst.url} failed: ${reply.kind === 'failed' ? reply.error : 'it did not begin'}`);
    },
  };
}

/** It says nothing else. */
const isReply = (message: unknown): message is Reply => typeof message === 'object';
