import type { Redis } from 'ioredis';
import { currentKey, redisNamespace } from '@eduplatform/contracts/redis-keys';

export interface Probe {
  /** What no reader may ever see. */
  readonly wrong: string[];
  readonly reads: number;
  readonly generations: ReadonlySet<string>;
  stop(): Promise<void>;
}

/**
 * Reads a document all the time as the read API does: the generation, then the document in it. Whatever is missing while the
 * model says that it is complete, and whatever is older than what it saw before, is wrong.
 */
export function probe(redis: Redis, prefix: string, keys: readonly string[], orderOf: (body: string) => number): Probe {
  const wrong: string[] = [];
  const generations = new Set<string>();
  const seen = new Map<string, number>();
  let reads = 0;
  let isStopped = false;

  const readOnce = async (key: string): Promise<void> => {
    const [generation, ready] = await redis.hmget(currentKey(prefix), 'redisGeneration', 'redisReady');
    if (ready !== 'true' || !generation) {
      wrong.push(`not ready: ${String(generation)} ${String(ready)}`);
      return;
    }
    generations.add(generation);
    const body = await redis.hget(redisNamespace(prefix, Number(generation)) + key, 'd');
    reads += 1;
    if (body === null) {
      wrong.push(`${key} is missing in generation ${generation}`);
      return;
    }
    const order = orderOf(body);
    if (order < (seen.get(key) ?? 0))
      wrong.push(`${key} is ${order} in ${generation}, and was ${String(seen.get(key))}`);
    seen.set(key, order);
  };
  const run = async (): Promise<void> => {
    while (!isStopped) for (const key of keys) await readOnce(key);
  };
  const running = run();
  return {
    wrong,
    generations,
    get reads() {
      return reads;
    },
    async stop() {
      isStopped = true;
      await running;
    },
  };
}
