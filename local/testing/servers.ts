import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { endChild, hasExited, launch, type LaunchSpec } from '../platform/launch.ts';
import { freePort } from '../platform/ports.ts';
import { ownedFolder } from '../platform/unprivileged.ts';
import { eventually } from '../platform/wait.ts';
import { postgresBinaries } from '../servers/postgres-binaries.ts';
import { checkPostgres, initializePostgres, postgresSpec, postgresUrl } from '../servers/postgres.ts';
import { checkRedis, chooseRedis, redisSpec, redisUrl } from '../servers/redis.ts';

/** A server that a test run or a single test has for itself. */
export interface TestServer {
  url: string;
  /** Process id, for tests that kill it; undefined where the server runs inside this process. */
  pid?: number;
  /** Ends it and waits for that; may be called twice. */
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
const OUTPUT_LIMIT = 20_000;

/** Postgres 18 without durability, in `directory`. */
export async function startTestPostgres(directory: string): Promise<TestServer> {
  const options = {
    binaries: await postgresBinaries(join(directory, '..', 'binaries')),
    directory,
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
    settings: { max_connections: '200', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  };
  await initializePostgres(options);
  const url = postgresUrl(options, 'postgres');
  return startServer('Postgres', postgresSpec(options), url, () => checkPostgres(url));
}

/** The Redis that the product would choose, or the built-in one, without persistence, in `directory`. */
export async function startTestRedis(directory: string, kind?: 'built-in'): Promise<TestServer> {
  await mkdir(directory, { recursive: true });
  const program = kind
    ? { kind, description: 'built in' }
    : await chooseRedis((line) => process.stderr.write(`${line}\n`));
  const port = await freePort();
  const url = redisUrl(port);
  return startServer('Redis', redisSpec(program, { port, directory, persistent: false }), url, () => checkRedis(url));
}

/** The embedded search engine, inside this process. */
export async function startTestSearch(directory: string, masterKey: string): Promise<TestServer> {
  await ownedFolder(directory);
  const { startSearchEngine } = await import('../search-engine/server.ts');
  const port = await freePort();
  return startSearchEngine({ dataDir: directory, host: '127.0.0.1', port, masterKey });
}

async function startServer(
  name: string,
  spec: LaunchSpec,
  url: string,
  check: () => Promise<true>,
): Promise<TestServer> {
  const child = launch(spec);
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  child.on('error', (error) => collect(Buffer.from(error.message)));
  // The last resort, when the test run ends without its teardown.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const close = async () => {
    await endChild(child, spec);
    process.off('exit', kill);
  };
  try {
    await eventually(() => (hasExited(child) ? true : check()), { timeoutMs: START_TIMEOUT_MS });
    if (hasExited(child)) throw new Error('it ended at once');
  } catch (error) {
    await close();
    throw new Error(`${name} for the tests did not start: ${String(error)}\n${output}`, { cause: error });
  }
  return { url, close, ...(child.pid === undefined ? {} : { pid: child.pid }) };
}
