import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Arena } from '../arena.ts';
import { meanwhile, needsOwnSearch, type Scenario } from '../scenario.ts';
import type { SearchRequest } from '../search-proxy.ts';

const isDocuments = ({ method, path }: SearchRequest): boolean => method === 'POST' && path.endsWith('/documents');

async function withRedis({ redisUrl }: Arena, work: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(redisUrl);
  try {
    await work(redis);
  } finally {
    redis.disconnect();
  }
}

const flushed: Scenario = {
  name: 'Redis flushed (FLUSHALL)',
  isShort: true,
  run: (arena) => withRedis(arena, (redis) => redis.flushall()),
};

/** Replaces a server's folder while it is down. */
async function replaceFolder(server: Arena['redis'], folder: string, by: string | null): Promise<void> {
  await server.kill();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  if (by === null) await mkdir(folder);
  else await cp(by, folder, { recursive: true });
  await server.start();
}

const redisEmpty: Scenario = {
  name: 'Redis restarted without its data',
  run: ({ redis, folders }) => replaceFolder(redis, folders.redis, null),
};

/** A copy as of now, made while the server stands still; then time passes. */
async function copyOf(server: Arena['redis'], folder: string, copy: string): Promise<void> {
  await server.stop();
  await rm(copy, { recursive: true, force: true });
  await cp(folder, copy, { recursive: true });
  await server.start();
  await meanwhile(1_500);
}

const redisOlder: Scenario = {
  name: 'Redis restored from an older copy of its data',
  async run({ redis, folders, directory }) {
    const copy = join(directory, 'redis-copy');
    await copyOf(redis, folders.redis, copy);
    await replaceFolder(redis, folders.redis, copy);
  },
};

const ownSearch = ({ search }: Arena): Arena['redis'] => {
  if (!search) throw new Error('the search server is not ours');
  return search;
};

const searchDown: Scenario = {
  name: 'the search server down for 60 s (3 s in the short form)',
  missing: needsOwnSearch,
  async run(arena, { isLong }) {
    await ownSearch(arena).kill();
    await meanwhile(isLong ? 60_000 : 3_000);
    await ownSearch(arena).start();
  },
};

const searchLost: Scenario = {
  name: 'the data of the search server lost',
  missing: needsOwnSearch,
  run: (arena) => replaceFolder(ownSearch(arena), arena.folders.search, null),
};

const searchOlder: Scenario = {
  name: 'the search server restored from an older copy of its data',
  missing: needsOwnSearch,
  async run(arena) {
    const copy = join(arena.directory, 'search-copy');
    await copyOf(ownSearch(arena), arena.folders.search, copy);
    await replaceFolder(ownSearch(arena), arena.folders.search, copy);
  },
};

const taskFailed: Scenario = {
  name: 'tasks of the search server failed',
  isShort: true,
  async run({ proxies, random }) {
    proxies.search.judge = (request) => (isDocuments(request) && random() < 0.5 ? 'fail task' : 'pass');
    await meanwhile(2_000);
    proxies.search.reset();
  },
};

const diskFull: Scenario = {
  name: 'a full disk answered by the search server',
  async run({ proxies }) {
    proxies.search.judge = (request) => (isDocuments(request) ? 'disk full' : 'pass');
    await meanwhile(2_000);
    proxies.search.reset();
  },
};

const redisFull: Scenario = {
  name: 'no memory left in Redis',
  run: (arena) =>
    withRedis(arena, async (redis) => {
      await redis.config('SET', 'maxmemory', '1');
      await meanwhile(2_000);
      await redis.config('SET', 'maxmemory', '0');
    }),
};

const hungSink = (name: 'redis', title: string): Scenario => ({
  name: title,
  async run({ proxies }) {
    proxies[name].hang();
    await meanwhile(2_000);
    await proxies[name].stop();
    await proxies[name].start();
  },
});

export const sinkScenarios: Scenario[] = [
  flushed,
  redisEmpty,
  searchDown,
  taskFailed,
  searchLost,
  redisOlder,
  searchOlder,
  diskFull,
  redisFull,
  hungSink('redis', 'Redis hung, then its connections cut'),
];
