import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { searchKey } from '@eduplatform/contracts/search-key';
import { migrate } from '@eduplatform/db/migrate';
import { endChild, hasExited, launch, type LaunchSpec } from '@eduplatform/local/platform/launch';
import { freePort } from '@eduplatform/local/platform/ports';
import { eventually } from '@eduplatform/local/platform/wait';
import { postgresBinaries } from '@eduplatform/local/servers/postgres-binaries';
import { checkPostgres, initializePostgres, postgresSpec, postgresUrl } from '@eduplatform/local/servers/postgres';
import { checkRedis, chooseRedis, redisSpec, redisUrl } from '@eduplatform/local/servers/redis';
import { checkSearch, chooseSearch, searchSpec, searchUrl } from '@eduplatform/local/servers/search';
import { checkReady, nodeProgram } from '@eduplatform/local/supervisor/parts/node-program';
import { seedDemo } from '@eduplatform/seed/demo';

/** What the bench measures: the product's own write path, without storefront and read API. */
export interface Servers {
  databaseUrl: string;
  redisUrl: string;
  search: { url: string; readerKey: string; description: string };
  writeApiUrl: string;
  stop(): Promise<void>;
}

const START_MS = 120_000;
const OUTPUT_LIMIT = 4_000;
/** As durable as in production: what a commit costs is part of the picture. */
const POSTGRES_SETTINGS = { max_connections: '100', shared_buffers: '128MB' };

/** Starts everything on free ports in a folder of its own, with the demo data, and waits until all of it is indexed. */
export async function startServers(say: (line: string) => void): Promise<Servers> {
  const directory = await mkdtemp(join(tmpdir(), 'eduplatform-bench-'));
  // Postgres may run as another user, who must get through.
  await chmod(directory, 0o711);
  const running: { child: ChildProcess; spec: LaunchSpec }[] = [];
  const stop = async (): Promise<void> => {
    for (const { child, spec } of running.toReversed()) await endChild(child, spec);
    process.off('exit', kill);
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  // The last resort, when the bench is interrupted or crashes.
  const kill = (): void => {
    for (const { child } of running) child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', kill);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const start = async (name: string, spec: LaunchSpec, check: () => Promise<true>): Promise<void> => {
    const child = launch(spec);
    running.push({ child, spec });
    let output = '';
    const collect = (chunk: Buffer) => (output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT));
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    await eventually(async () => hasExited(child) || (await check()), { timeoutMs: START_MS }).catch((error: Error) => {
      throw new Error(`${name} did not start: ${error.message}\n${output}`, { cause: error });
    });
    if (hasExited(child)) throw new Error(`${name} ended at once\n${output}`);
  };
  try {
    const databaseUrl = await startPostgres(directory, start);
    say('Loading the demo data.');
    await migrate(databaseUrl);
    await seedDemo(databaseUrl, () => {});
    const redis = await startRedis(directory, start);
    const search = await startSearch(directory, start);
    const writeApiUrl = await startServices(directory, { databaseUrl, redis, ...search }, start);
    const readerKey = searchKey(search.masterKey, 'reader');
    const { url, description } = search;
    return { databaseUrl, redisUrl: redis, search: { url, readerKey, description }, writeApiUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Start = (name: string, spec: LaunchSpec, check: () => Promise<true>) => Promise<void>;

async function startPostgres(directory: string, start: Start): Promise<string> {
  const options = {
    binaries: await postgresBinaries(join(directory, 'binaries')),
    directory: join(directory, 'postgres'),
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
    settings: POSTGRES_SETTINGS,
  };
  await initializePostgres(options);
  const url = postgresUrl(options, 'postgres');
  await start('Postgres', postgresSpec(options), () => checkPostgres(url));
  return url;
}

async function startRedis(directory: string, start: Start): Promise<string> {
  const program = await chooseRedis(() => {});
  if (program.kind === 'built-in') {
    throw new Error(
      'This needs a real Redis (redis-server or valkey-server on PATH): the built-in one would be measured.',
    );
  }
  const options = { port: await freePort(), directory: join(directory, 'redis'), persistent: true };
  await mkdir(options.directory);
  const url = redisUrl(options.port);
  await start('Redis', redisSpec(program, options), () => checkRedis(url));
  return url;
}

async function startSearch(
  directory: string,
  start: Start,
): Promise<{ url: string; masterKey: string; description: string }> {
  const { MEILI_URL: url, MEILI_MASTER_KEY: masterKey } = process.env;
  if (url && masterKey) return { url, masterKey, description: `Meilisearch at ${url}` };
  const program = chooseSearch();
  const options = {
    directory: join(directory, 'search'),
    port: await freePort(),
    masterKey: randomBytes(16).toString('hex'),
  };
  await mkdir(options.directory);
  const own = searchUrl(options.port);
  await start('Search', searchSpec(program, options), () => checkSearch(own));
  return { url: own, masterKey: options.masterKey, description: program.description };
}

async function startServices(
  directory: string,
  servers: { databaseUrl: string; redis: string; url: string; masterKey: string },
  start: Start,
): Promise<string> {
  const [api, apiMetrics, indexer, indexerMetrics] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const common = {
    EDU_MODE: 'demo',
    DATABASE_URL: servers.databaseUrl,
    OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
    // One teacher publishes as often as a whole school would.
    RATE_LIMIT_FACTOR: '1000',
  };
  const writeApi = nodeProgram({
    args: ['write-api/main.ts'],
    env: {
      ...common,
      SIGNING_KEYS_FILE: join(directory, 'signing-keys.json'),
      WRITE_API_PORT: String(api),
      WRITE_API_METRICS_PORT: String(apiMetrics),
    },
  });
  await start('Write API', writeApi, () => checkReady(`http://127.0.0.1:${api}`));
  const indexerProgram = nodeProgram({
    args: ['indexer/main.ts'],
    env: {
      ...common,
      REDIS_URL: servers.redis,
      MEILI_URL: servers.url,
      MEILI_MASTER_KEY: servers.masterKey,
      WRITE_API_URL: `http://127.0.0.1:${api}`,
      INDEXER_PORT: String(indexer),
      INDEXER_METRICS_PORT: String(indexerMetrics),
    },
  });
  await start('Indexer', indexerProgram, () => checkReady(`http://127.0.0.1:${indexer}`));
  return `http://127.0.0.1:${api}`;
}
