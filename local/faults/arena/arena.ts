import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { currentKey } from '@eduplatform/contracts/redis-keys';
import { startProxy, type Proxy } from '../../testing/proxy.ts';
import { Readers } from '../reads/readers.ts';
import { SearchProxy } from '../search-proxy/search-proxy.ts';
import { Writers } from '../writers/writers.ts';
import { defineIndexer, defineReadApi, type Places, type ReadApi } from './programs.ts';
import {
  definePostgres,
  defineRedis,
  defineSearch,
  type Postgres,
  type RedisServer,
  type SearchServer,
} from './servers.ts';
import type { ServerProcess } from './server-process.ts';

/** What stands between programs and servers. */
export interface Proxies {
  postgres: Proxy;
  redis: Proxy;
  search: SearchProxy;
}

/** Servers, indexers, read APIs, writers and readers of a fault run, in a folder of their own, on the loopback. */
export interface Arena {
  directory: string;
  postgres: Postgres;
  redis: RedisServer;
  search: SearchServer;
  /** Of the indexers. */
  proxies: Proxies;
  /** Of one of the read APIs; the other one goes to the servers themselves. */
  readerProxies: Pick<Proxies, 'redis' | 'search'>;
  indexers: ServerProcess[];
  /** One more, not started, with something added to its environment. */
  addIndexer(name: string, env: NodeJS.ProcessEnv): Promise<ServerProcess>;
  readApis: ReadApi[];
  writers: Writers;
  readers: Readers;
  random: () => number;
  /** What Redis tells readers; rejects while it is away. */
  current(field: string): Promise<string | null>;
  /** Ends everything; the folder stays when it is kept. */
  close(options?: { keeps: boolean }): Promise<void>;
}

/** Starts all of it; the writers do not work yet. */
export async function openArena(random: () => number): Promise<Arena> {
  const directory = await mkdtemp(join(tmpdir(), 'eduplatform-faults-'));
  // Postgres may run as another user, who must get through.
  await chmod(directory, 0o711);
  const closing: (() => Promise<unknown>)[] = [];
  const close: Arena['close'] = async ({ keeps } = { keeps: false }) => {
    for (const end of closing.splice(0).toReversed()) await end();
    if (!keeps) await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return await start({ directory, random, closing, close });
  } catch (error) {
    await close();
    throw error;
  }
}

interface Opening extends Pick<Arena, 'directory' | 'random' | 'close'> {
  closing: (() => Promise<unknown>)[];
}

async function start({ directory, random, closing, close }: Opening): Promise<Arena> {
  const started = async (server: ServerProcess): Promise<void> => {
    closing.push(() => server.kill());
    await server.start();
  };
  const postgres = await definePostgres(directory);
  await postgres.initialize();
  await started(postgres.process);
  await postgres.createDatabase();
  const redis = await defineRedis(directory);
  await started(redis.process);
  const search = await defineSearch(directory);
  if (search.own) await started(search.own.process);

  const proxied = async (): Promise<Pick<Proxies, 'redis' | 'search'>> => {
    const proxies = { redis: await startProxy(redis.url), search: new SearchProxy(search.url) };
    await proxies.search.start();
    closing.push(
      () => proxies.redis.close(),
      () => proxies.search.close(),
    );
    return proxies;
  };
  const places = (proxies: Pick<Proxies, 'redis' | 'search'>): Places => ({
    ...{ directory, search, redisUrl: `redis://${proxies.redis.address}`, searchUrl: proxies.search.url },
  });
  const toPostgres = await startProxy(postgres.databaseUrl.replace('postgres:', 'tcp:'));
  closing.push(() => toPostgres.close());
  const proxies = { ...(await proxied()), postgres: toPostgres };
  const readerProxies = await proxied();

  const throughProxy = new URL(postgres.databaseUrl);
  throughProxy.host = proxies.postgres.address;
  const addIndexer = async (name: string, env: NodeJS.ProcessEnv): Promise<ServerProcess> => {
    const indexer = await defineIndexer(name, throughProxy.href, places(proxies), env);
    closing.push(() => indexer.kill());
    return indexer;
  };
  const [first, second] = [await addIndexer('a', {}), await addIndexer('b', {})];
  const writers = new Writers(postgres.databaseUrl, random);
  closing.push(() => writers.close());
  await writers.prepare();
  const reader = new Redis(redis.url, { maxRetriesPerRequest: 1, commandTimeout: 2_000 });
  // Redis is away now and then.
  reader.on('error', () => undefined);
  closing.push(async () => reader.disconnect());
  const readApis = [
    await defineReadApi('a', places(readerProxies)),
    await defineReadApi('b', { directory, search, redisUrl: redis.url, searchUrl: search.url }),
  ];
  await Promise.all([first.start(), ...readApis.map((api) => started(api.process))]);
  const readers = new Readers({ apis: readApis.map(({ url }) => url), recent: () => writers.recent, random });
  closing.push(() => readers.close());
  readers.start();
  return {
    ...{ directory, postgres, redis, search, proxies, readerProxies, indexers: [first, second], addIndexer },
    ...{ readApis, writers, readers, random, close },
    current: (field) => reader.hget(currentKey('edu'), field),
  };
}
