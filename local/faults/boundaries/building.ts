import { withRedis } from '../scenarios/with-redis.ts';
import type { Arena } from '../arena/arena.ts';
import { replaceFolder } from '../scenarios/folders.ts';
import { META, script, search, type Boundary } from './boundary.ts';

const flush = async (arena: Arena): Promise<null> => {
  await withRedis(arena, (redis) => redis.flushall());
  return null;
};

const loseSearch = async ({ search: { own } }: Arena): Promise<null> => {
  if (own) await replaceFolder(own, null);
  return null;
};

const BUILDING = ['"state":"building"'];

/** While a read model that was lost is built anew. */
export const building: Boundary[] = [
  {
    name: 'when a lost Redis is begun anew, unheard',
    set: script('indexerApply', 'answered', { having: BUILDING }),
    provoke: flush,
  },
  {
    name: 'when half of a lost Redis is built, unheard',
    set: script('indexerApply', 'answered', { having: [...BUILDING, '"builtUpTo":{'] }),
    provoke: flush,
  },
  { name: 'before the first index of a lost search server is made', set: search('POST', /^\/indexes$/, 'before') },
  { name: 'when an index of a lost search server is enqueued', set: search('POST', /^\/indexes$/, 'answered') },
  { name: 'when the first checkpoint of a lost search server is enqueued', set: search('POST', META, 'answered') },
].map((boundary) => ({ provoke: loseSearch, ...boundary }));
