import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../platform/wait.ts';
import type { Arena } from '../arena/arena.ts';
import { TASK_TIMEOUT_MS } from '../arena/programs.ts';
import type { DataServer } from '../arena/servers.ts';
import { isDocuments, type Verdict } from '../search-proxy/search-proxy.ts';
import { needsNativeRedis, needsOwnSearch, type Scenario } from '../scenario.ts';
import { meanwhile } from '../steps.ts';
import { copyFolder, replaceFolder } from './folders.ts';
import { withRedis } from './with-redis.ts';

const FAULT_MS = 2_000;
const HELD_MS = 60_000;

const flushed: Scenario = {
  name: 'Redis flushed (FLUSHALL)',
  isShort: true,
  run: (arena) => withRedis(arena, (redis) => redis.flushall()),
};

const redisEmpty: Scenario = {
  name: 'Redis restarted without its data',
  run: ({ redis }) => replaceFolder(redis, null),
};

const ownSearch = ({ search: { own } }: Arena): DataServer => {
  if (!own) throw new Error('the search server is not ours');
  return own;
};

const searchDown: Scenario = {
  name: 'the search server down for 60 s (3 s in the short form)',
  missing: needsOwnSearch,
  async run(arena, { isLong }) {
    const { process } = ownSearch(arena);
    await process.kill();
    await meanwhile(isLong ? 60_000 : 3_000);
    await process.start();
  },
};

const searchLost: Scenario = {
  name: 'the data of the search server lost',
  missing: needsOwnSearch,
  run: (arena) => replaceFolder(ownSearch(arena), null),
};

/** Copies of now, then time passes, then the copies take the place of the data. */
const older = (what: string, serversOf: (arena: Arena) => DataServer[], missing: Scenario['missing']): Scenario => ({
  name: `${what} restored from an older copy of the data`,
  ...(missing && { missing }),
  async run(arena) {
    const copies = serversOf(arena).map((server) => ({ server, copy: `${server.folder}-copy` }));
    for (const { server, copy } of copies) await copyFolder(server, copy);
    await meanwhile(1_500);
    for (const { server, copy } of copies) await replaceFolder(server, copy);
  },
});

/** For a while, requests with documents meet this. */
const refusing = (name: string, verdictOf: (random: () => number) => Verdict, isShort = false): Scenario => ({
  ...{ name, isShort },
  async run({ proxies, random }) {
    proxies.search.judge = (request) => (isDocuments(request) ? verdictOf(random) : null);
    await meanwhile(FAULT_MS);
    proxies.search.reset();
  },
});

const slowTask: Scenario = {
  name: 'tasks of the search server slower than the timeout',
  async run({ proxies }) {
    proxies.search.hidesEnds = true;
    await meanwhile(TASK_TIMEOUT_MS + FAULT_MS);
    proxies.search.reset();
  },
};

const noMemory: Scenario = {
  name: 'no memory left in Redis',
  missing: needsNativeRedis,
  run: (arena) =>
    withRedis(arena, async (redis) => {
      await redis.config('SET', 'maxmemory', '1');
      await meanwhile(FAULT_MS);
      await redis.config('SET', 'maxmemory', '0');
    }),
};

/** Redis that cannot save its data to disk refuses writes: here because a folder stands where its file would be. */
const redisDiskFull: Scenario = {
  name: 'a full disk answered by Redis',
  missing: needsNativeRedis,
  run: (arena) =>
    withRedis(arena, async (redis) => {
      const obstacle = join(arena.redis.folder, 'dump.rdb');
      await mkdir(obstacle);
      await redis.config('SET', 'save', '1 1');
      const refuses = async () => (await redis.set('edu-fault', '1').catch(String)).includes('MISCONF');
      await eventually(refuses, { timeoutMs: HELD_MS, intervalMs: 100 });
      await meanwhile(FAULT_MS);
      await redis.config('SET', 'save', '');
      await rmdir(obstacle);
      await redis.del('edu-fault');
    }),
};

const hungSearch: Scenario = {
  name: 'the search server hung, then its connections cut',
  async run({ proxies, readerProxies }) {
    for (const { search } of [proxies, readerProxies]) search.hang();
    await meanwhile(FAULT_MS);
    for (const { search } of [proxies, readerProxies]) search.reset();
  },
};

const hungRedis: Scenario = {
  name: 'Redis hung, then its connections cut',
  async run({ proxies, readerProxies }) {
    for (const { redis } of [proxies, readerProxies]) redis.hang();
    await meanwhile(FAULT_MS);
    for (const { redis } of [proxies, readerProxies]) {
      await redis.stop();
      await redis.start();
    }
  },
};

export const sinkScenarios: Scenario[] = [
  flushed,
  { ...redisEmpty, missing: needsNativeRedis },
  searchDown,
  searchLost,
  older('Redis', ({ redis }) => [redis], needsNativeRedis),
  older('the search server', (arena) => [ownSearch(arena)], needsOwnSearch),
  older(
    'Redis and the search server',
    (arena) => [arena.redis, ownSearch(arena)],
    (arena) => needsNativeRedis(arena) ?? needsOwnSearch(arena),
  ),
  refusing(
    'tasks of the search server failed',
    (random) => (random() < 0.5 ? { taskFailsWith: 'internal' } : null),
    true,
  ),
  slowTask,
  refusing('a full disk answered by the search server', () => ({ refusedWith: 'no_space_left_on_device' })),
  refusing('a full disk that tasks of the search server fail of', () => ({ taskFailsWith: 'no_space_left_on_device' })),
  noMemory,
  redisDiskFull,
  hungRedis,
  hungSearch,
];
