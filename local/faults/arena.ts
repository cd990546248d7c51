import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { currentKey } from '@eduplatform/contracts/redis-keys';
import { migrate } from '@eduplatform/db/migrate';
import { freePort } from '../platform/ports.ts';
import { eventually } from '../platform/wait.ts';
import { postgresBinaries } from '../servers/postgres-binaries.ts';
import { checkPostgres, initializePostgres, postgresSpec, postgresUrl, withPostgres } from '../servers/postgres.ts';
import { checkRedis, chooseRedis, redisSpec, redisUrl } from '../servers/redis.ts';
import { checkSearch, chooseSearch, searchSpec, searchUrl } from '../servers/search.ts';
import { checkReady, nodeProgram } from '../supervisor/parts/node-program.ts';
import { startProxy, type Proxy } from '../testing/proxy.ts';
import { SearchProxy } from './search-proxy.ts';
import { ServerProcess } from './server-process.ts';
import { Writers } from './writers.ts';

const DATABASE = 'eduplatform';
const POSTGRES_SETTINGS = { max_connections: '100', fsync: 'off', full_page_writes: 'off' };

/** Servers, indexers and writers of a fault run, in a folder of their own, on free ports of the loopback. */
export interface Arena {
  directory: string;
  postgres: ServerProcess;
  redis: ServerProcess;
  /** Undefined where the server is the caller's own. */
  search: ServerProcess | undefined;
  folders: { redis: string; search: string };
  /** Of the superuser, past every proxy. */
  databaseUrl: string;
  serverUrl: string;
  redisUrl: string;
  /** Stand between the indexers and the servers. */
  proxies: { postgres: Proxy; redis: Proxy; search: SearchProxy };
  indexers: ServerProcess[];
  writers: Writers;
  random: () => number;
  /** What Redis tells readers. */
  current(field: string): Promise<string | null>;
  /** Waits until a sink tells readers a generation past this one. */
  whenGeneration(sink: 'redis' | 'search', past: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts all of it; the writers do not work yet. */
export async function openArena(random: () => number): Promise<Arena> {
  const directory = await mkdtemp(join(tmpdir(), 'eduplatform-faults-'));
  // Postgres may run as another user, who must get through.
  await chmod(directory, 0o711);
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closing.toReversed()) await end();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return await start({ directory, random, closing, close });
  } catch (error) {
    await close();
    throw error;
  }
}

interface Opening {
  directory: string;
  random: () => number;
  closing: (() => Promise<unknown>)[];
  close(): Promise<void>;
}

async function start({ directory, random, closing, close }: Opening): Promise<Arena> {
  const logFile = (name: string) => join(directory, `${name}.log`);
  const server = async (options: ConstructorParameters<typeof ServerProcess>[0]) => {
    const started = new ServerProcess(options);
    closing.push(() => started.kill());
    await started.start();
    return started;
  };
  const options = {
    binaries: await postgresBinaries(join(directory, 'binaries')),
    directory: join(directory, 'postgres'),
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
    settings: POSTGRES_SETTINGS,
  };
  await initializePostgres(options);
  const serverUrl = postgresUrl(options, 'postgres');
  const databaseUrl = postgresUrl(options, DATABASE);
  const postgres = await server({
    ...{ name: 'Postgres', spec: postgresSpec(options), logFile: logFile('postgres') },
    check: () => checkPostgres(serverUrl),
  });
  await withPostgres(serverUrl, (client) => client.query(`create database ${DATABASE}`));
  await migrate(databaseUrl);

  const folders = { redis: join(directory, 'redis'), search: join(directory, 'search') };
  await mkdir(folders.redis);
  await mkdir(folders.search);
  const redisPort = await freePort();
  const redis = await server({
    ...{ name: 'Redis', logFile: logFile('redis'), check: () => checkRedis(redisUrl(redisPort)) },
    spec: redisSpec(await chooseRedis(() => {}), { port: redisPort, directory: folders.redis, persistent: true }),
  });
  const own = { url: process.env.MEILI_URL, masterKey: process.env.MEILI_MASTER_KEY };
  const searchPort = await freePort();
  const masterKey = own.masterKey ?? randomBytes(16).toString('hex');
  const target = own.url ?? searchUrl(searchPort);
  const search = own.url
    ? undefined
    : await server({
        ...{ name: 'Search', logFile: logFile('search'), check: () => checkSearch(target) },
        spec: searchSpec(chooseSearch(), { directory: folders.search, port: searchPort, masterKey }),
      });

  const searchProxy = new SearchProxy(target);
  await searchProxy.start();
  const withoutPath = new URL(databaseUrl);
  const proxies = {
    postgres: await startProxy(withoutPath.href.replace('postgres:', 'tcp:')),
    redis: await startProxy(redisUrl(redisPort)),
    search: searchProxy,
  };
  closing.push(
    () => proxies.postgres.close(),
    () => proxies.redis.close(),
    () => searchProxy.close(),
  );

  const throughProxy = new URL(databaseUrl);
  throughProxy.host = proxies.postgres.address;
  const indexers = await Promise.all(
    ['a', 'b'].map(async (name) => {
      const [port, metrics] = [await freePort(), await freePort()];
      const env = {
        ...{ DATABASE_URL: throughProxy.href, REDIS_URL: `redis://${proxies.redis.address}`, MEILI_URLS: undefined },
        ...{ MEILI_URL: searchProxy.url, MEILI_MASTER_KEY: masterKey, OTEL_EXPORTER_OTLP_ENDPOINT: undefined },
        ...{ MEILI_INDEX_PREFIX: own.url ? `faults_${randomBytes(4).toString('hex')}_` : '' },
        ...{ INDEXER_PORT: String(port), INDEXER_METRICS_PORT: String(metrics) },
      };
      const indexer = new ServerProcess({
        ...{ name: `indexer ${name}`, logFile: logFile(`indexer-${name}`) },
        spec: nodeProgram({ args: ['indexer/main.ts'], env }),
        check: () => checkReady(`http://127.0.0.1:${port}`),
      });
      closing.push(() => indexer.kill());
      return indexer;
    }),
  );
  const writers = new Writers(databaseUrl);
  closing.push(() => writers.close());
  await writers.prepare(random);
  const reader = new Redis(redisUrl(redisPort), { maxRetriesPerRequest: 1, commandTimeout: 2_000 });
  // Redis is away now and then.
  reader.on('error', () => undefined);
  closing.push(async () => reader.disconnect());
  await indexers[0]?.start();
  const current = (field: string): Promise<string | null> => reader.hget(currentKey('edu'), field);
  return {
    ...{ directory, postgres, redis, search, folders, databaseUrl, serverUrl, redisUrl: redisUrl(redisPort) },
    ...{ proxies, indexers, writers, random, current, close },
    async whenGeneration(sink, past) {
      const isPast = async () =>
        Number(await current(`${sink}Generation`)) > past && (await current(`${sink}Ready`)) === 'true';
      await eventually(isPast, { timeoutMs: 60_000 });
    },
  };
}
