import { join } from 'node:path';
import { searchKey } from '@eduplatform/contracts/search-key';
import { migrate } from '@eduplatform/db/migrate';
import { freePort } from '@eduplatform/local/platform/ports';
import { checkReady, nodeProgram } from '@eduplatform/local/supervisor/parts/node-program';
import { seedDemo } from '@eduplatform/seed/demo';
import { readModelEnv, REDIS_PREFIX } from '../read-models.ts';
import {
  openStack,
  startPostgres,
  startRedis,
  startSearch,
  type SearchServer,
  type Stack,
  type Started,
} from '../stack.ts';

/** A hundred thousand courses take their time to be indexed. */
export const INDEXED_WITHIN_MS = 3_600_000;

/** The product's own write path, without storefront and read API. */
export interface Servers {
  databaseUrl: string;
  redisUrl: string;
  redisPrefix: string;
  search: { url: string; readerKey: string; indexPrefix: string; description: string; isReal: boolean };
  writeApiUrl: string;
}

/** Starts everything on free ports in a folder of its own, with the demo data, and waits until all of it is indexed. */
export async function startServers(say: (line: string) => void): Promise<Servers & { stop(): Promise<void> }> {
  const stack = await openStack();
  try {
    say('Loading the demo data.');
    return { ...(await serve(stack, fillDemo)), stop: stack.stop };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function fillDemo(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl);
  await seedDemo(databaseUrl, () => {});
}

/** Starts the servers in a stack, lets `fill` make the schema and its data, and waits until all of it is indexed. */
export async function serve(
  stack: Stack,
  fill: (databaseUrl: string) => Promise<void>,
  postgresSettings: Record<string, string> = {},
): Promise<Servers> {
  const databaseUrl = await startPostgres(stack, postgresSettings);
  await fill(databaseUrl);
  const redisUrl = await startRedis(stack);
  const search = await startSearch(stack);
  const readModels = { redisUrl, redisPrefix: REDIS_PREFIX, search };
  const writeApiUrl = await startServices(stack, { databaseUrl, ...readModels });
  const readerKey = searchKey(search.masterKey, 'reader', search.indexPrefix);
  const { masterKey: _, ...rest } = search;
  return { databaseUrl, ...readModels, search: { ...rest, readerKey }, writeApiUrl };
}

const common = (databaseUrl: string) => ({
  NODE_ENV: 'production',
  EDU_MODE: 'demo',
  DATABASE_URL: databaseUrl,
  OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
  WEB_CONCURRENCY: '1',
  // One teacher publishes as often as a whole school would.
  RATE_LIMIT_FACTOR: '1000',
});

async function startServices(
  stack: Stack,
  servers: { databaseUrl: string; redisUrl: string; redisPrefix: string; search: SearchServer },
): Promise<string> {
  const { url: writeApiUrl } = await startWriteApi(stack, 'Write API', servers.databaseUrl);
  const [indexer, indexerMetrics] = await Promise.all([freePort(), freePort()]);
  const program = nodeProgram({
    args: ['indexer/main.ts'],
    env: {
      ...common(servers.databaseUrl),
      ...readModelEnv(servers),
      MEILI_MASTER_KEY: servers.search.masterKey,
      WRITE_API_URL: writeApiUrl,
      INDEXER_PORT: String(indexer),
      INDEXER_METRICS_PORT: String(indexerMetrics),
    },
  });
  await stack.start('Indexer', program, () => checkReady(`http://127.0.0.1:${indexer}`), INDEXED_WITHIN_MS);
  return writeApiUrl;
}

/** Starts a write API under a name; all of a stack sign with the same keys. */
export async function startWriteApi(
  { directory, start }: Stack,
  name: string,
  databaseUrl: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Started & { url: string }> {
  const [port, metricsPort] = await Promise.all([freePort(), freePort()]);
  const program = nodeProgram({
    args: ['write-api/main.ts'],
    env: {
      ...common(databaseUrl),
      SIGNING_KEYS_FILE: join(directory, 'signing-keys.json'),
      MAIL_DIR: join(directory, 'mail'),
      WRITE_API_PORT: String(port),
      WRITE_API_METRICS_PORT: String(metricsPort),
      ...env,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  return { ...(await start(name, program, () => checkReady(url))), url };
}
