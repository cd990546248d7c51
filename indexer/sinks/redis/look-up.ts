import type { ScriptedRedis } from './connection.ts';
import type { Held } from './prepare.ts';

/** Keys that one call looks up. */
const LOOK_UP = 500;

/** What Redis holds of the keys, in their order. */
export async function lookUp(redis: ScriptedRedis, space: string, keys: readonly string[]): Promise<Held[]> {
  const parts: (readonly string[])[] = [];
  for (let start = 0; start < keys.length; start += LOOK_UP) parts.push(keys.slice(start, start + LOOK_UP));
  const rows = (await Promise.all(parts.map((part) => redis.indexerHeld(space, ...part)))).flat();
  return rows.map(([version = null, hash = null, tombstone, lists = null, mark]) => ({
    ...{ version, hash, lists },
    isTombstone: tombstone === '1',
    isMarked: mark === '1',
  }));
}
