import { checkpointKey, currentKey, redisNamespace } from '@eduplatform/contracts/redis-keys';
import type { HeldEntry, HeldView } from '../held-view.ts';
import { connectRedis, type ScriptedRedis } from './connection.ts';
import { prepare } from './prepare.ts';

/** Keys that one call walks past: well below a millisecond, so that readers hardly wait. */
const SCAN_COUNT = 500;

/** A look into the generation that is open. */
export const redisView = (connection: () => ScriptedRedis, space: () => string): HeldView => ({
  entries: () => scanEntries(connection(), space()),
  find: (keys) => findEntries(connection(), space(), keys),
  hashOf: (change) => ('tombstone' in change ? null : prepare(change).hash),
});

/** Every document and tombstone of a generation, a page at a time; one may come twice. */
async function* scanEntries(redis: ScriptedRedis, space: string): AsyncGenerator<HeldEntry[]> {
  for await (const keys of scan(redis, space)) {
    const names = keys.map((key) => key.slice(space.length));
    const documents = names.filter((name) => name !== checkpointKey && !name.startsWith('list:'));
    if (documents.length > 0) yield [...(await findEntries(redis, space, documents)).values()];
  }
}

/** What a generation holds of the keys, by key; those that it does not know are left out. */
async function findEntries(
  redis: ScriptedRedis,
  space: string,
  keys: readonly string[],
): Promise<Map<string, HeldEntry>> {
  const rows = await redis.indexerHeld(space, ...keys);
  return new Map(
    keys.flatMap((key, index) => {
      const [version, hash, tombstone] = rows[index] ?? [];
      return version ? [[key, { key, version, hash: tombstone === '1' ? null : (hash ?? '') }] as const] : [];
    }),
  );
}

/** Removes the generations that `isGarbage` names, in steps that hold up nobody. Safe to repeat. */
export async function removeGenerations(
  { url, prefix, onError }: { url: string; prefix: string; onError: (error: Error) => void },
  isGarbage: (generation: number) => boolean,
  sparing?: 'spare what readers use',
): Promise<void> {
  const redis = await connectRedis(url, onError);
  const start = redisNamespace(prefix, 0).slice(0, -2);
  try {
    const used = sparing ? Number(await redis.hget(currentKey(prefix), 'redisGeneration')) : null;
    for await (const keys of scan(redis, start)) {
      const garbage = keys.filter((key) => {
        const [, generation] = /^(\d+):/.exec(key.slice(start.length)) ?? [];
        return generation !== undefined && Number(generation) !== used && isGarbage(Number(generation));
      });
      if (garbage.length > 0) await redis.unlink(...garbage);
    }
  } finally {
    redis.disconnect();
  }
}

async function* scan(redis: ScriptedRedis, start: string): AsyncGenerator<string[]> {
  const pattern = `${start.replace(/[\\*?[\]]/g, '\\$&')}*`;
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', SCAN_COUNT);
    cursor = next;
    if (keys.length > 0) yield keys;
  } while (cursor !== '0');
}
