import { join } from 'node:path';
import { freePort } from '@eduplatform/local/platform/ports';
import { withPostgres } from '@eduplatform/local/servers/postgres';
import { checkReady, nodeProgram } from '@eduplatform/local/supervisor/parts/node-program';
import { createTestDatabase, testRedis, testSearch, type TestDatabase } from '@eduplatform/local/testing/context';
import { searchKey } from '@eduplatform/contracts/search-key';
import { seedDemo } from '@eduplatform/seed/demo';
import { DEMO_LOGINS, DEMO_PASSWORD } from '@eduplatform/seed/demo-logins';
import { dropBaseline, fillBaseline } from '../../baselines/fill/fill.ts';
import { BASELINE_KINDS } from '../../baselines/kinds.ts';
import { startBaseline } from '../../baselines/start.ts';
import { openStack, type Stack } from '../../stack.ts';

export type Asker = 'nobody' | 'student' | 'teacher' | 'admin';

/** The read API and both baselines on the same demo data. */
export interface Contenders {
  databaseUrl: string;
  stack: Stack;
  writeApi: string;
  readApi: string;
  first: string;
  tuned: string;
  /** Authorization header of who asks. */
  as(asker: Asker): Record<string, string>;
  close(): Promise<void>;
}

/** Courses of the demo's student: one is in the archive, the other is not published any more. */
export const ARCHIVED_SLUG = 'sourdough-at-home';
export const UNPUBLISHED_SLUG = 'nochnoe-nebo';
const TAKE_AWAY = `
  update courses set archived_at = now() where slug = '${ARCHIVED_SLUG}';
  update courses set live_revision = null, published_at = null where slug = '${UNPUBLISHED_SLUG}';
  delete from live_lessons using courses c where c.id = course_id and c.slug = '${UNPUBLISHED_SLUG}'`;

export async function startContenders(): Promise<Contenders> {
  const database = await createTestDatabase();
  const stack = await openStack();
  const close = async (): Promise<void> => {
    await stack.stop();
    for (const kind of BASELINE_KINDS) await dropBaseline(database.url, kind);
    await database.drop();
  };
  try {
    await seedDemo(database.url, () => {});
    await withPostgres(database.url, (client) => client.query(TAKE_AWAY));
    const product = await startProduct(stack, database);
    for (const kind of BASELINE_KINDS) await fillBaseline({ sourceUrl: database.url, kind });
    const common = { sourceUrl: database.url, writeApiUrl: product.writeApi };
    const first = await startBaseline(stack, { ...common, kind: 'first', settings: { MIDDLEWARE: 'bare' } });
    const tuned = await startBaseline(stack, { ...common, kind: 'tuned' });
    const tokens = new Map<Asker, string>();
    for (const { email, role } of DEMO_LOGINS) tokens.set(role, await signIn(product.writeApi, email));
    return {
      databaseUrl: database.url,
      stack,
      writeApi: product.writeApi,
      readApi: product.readApi,
      first: first.url,
      tuned: tuned.url,
      as: (asker) => (asker === 'nobody' ? {} : { authorization: `Bearer ${tokens.get(asker)}` }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startProduct(stack: Stack, { url }: TestDatabase): Promise<{ writeApi: string; readApi: string }> {
  const [search, redis] = [testSearch(), testRedis()];
  const ports = await Promise.all(Array.from({ length: 6 }, freePort));
  const [writePort, readPort, indexerPort, ...metricsPorts] = ports.map(String);
  const writeApi = `http://127.0.0.1:${writePort}`;
  const common = {
    ...{ EDU_MODE: 'demo', OTEL_EXPORTER_OTLP_ENDPOINT: undefined, RATE_LIMIT_FACTOR: '100000' },
    ...{ REDIS_URL: redis.url, REDIS_PREFIX: redis.prefix, WRITE_API_URL: writeApi },
    ...{ MEILI_URL: search.url, MEILI_INDEX_PREFIX: search.indexPrefix },
  };
  const start = async (name: string, port: string | undefined, env: NodeJS.ProcessEnv): Promise<string> => {
    const url = `http://127.0.0.1:${port}`;
    await stack.start(name, nodeProgram({ args: [`${name}/main.ts`], env: { ...common, ...env } }), () =>
      checkReady(url),
    );
    return url;
  };
  await start('write-api', writePort, {
    ...{ DATABASE_URL: url, WRITE_API_PORT: writePort, WRITE_API_METRICS_PORT: metricsPorts[0] },
    SIGNING_KEYS_FILE: join(stack.directory, 'signing-keys.json'),
    MAIL_DIR: join(stack.directory, 'mail'),
  });
  await start('indexer', indexerPort, {
    ...{ DATABASE_URL: url, INDEXER_PORT: indexerPort, INDEXER_METRICS_PORT: metricsPorts[1] },
    MEILI_MASTER_KEY: search.masterKey,
  });
  const readApi = await start('read-api', readPort, {
    ...{ READ_API_PORT: readPort, READ_API_METRICS_PORT: metricsPorts[2] },
    MEILI_SEARCH_KEY: searchKey(search.masterKey, 'reader', search.indexPrefix),
  });
  return { writeApi, readApi };
}

async function signIn(writeApiUrl: string, email: string): Promise<string> {
  const response = await fetch(`${writeApiUrl}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: DEMO_PASSWORD }),
  });
  if (!response.ok) throw new Error(`signing in answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { accessToken: string }).accessToken;
}
