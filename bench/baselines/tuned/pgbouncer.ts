import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { endChild, hasExited, launch } from '@eduplatform/local/platform/launch';
import { run } from '@eduplatform/local/platform/run';
import { runAs } from '@eduplatform/local/platform/unprivileged';
import { eventually } from '@eduplatform/local/platform/wait';
import { which } from '@eduplatform/local/platform/which';
import { isAtLeast, pgbouncerConfig, PORT, type PgBouncerOptions } from './pgbouncer-config.ts';

/** A PgBouncer of our own, on a socket that nobody else can reach. */
export interface PgBouncer {
  /** What to connect with. */
  connection: pg.PoolConfig;
  close(): Promise<void>;
}

const START_MS = 10_000;
/** Before it, prepared statements are lost between two transactions. */
const KEEPS_STATEMENTS_SINCE = [1, 21] as const;

/** Starts the PgBouncer of the PATH before a database. Throws an error that says what to do where there is none. */
export async function startPgBouncer(
  options: Omit<PgBouncerOptions, 'directory' | 'keepsStatements'>,
): Promise<PgBouncer> {
  const command = which('pgbouncer');
  if (!command) throw new Error('There is no pgbouncer on the PATH: install it, or set PGBOUNCER=off.');
  const { output: version } = await run({ command, args: ['--version'] });
  const keepsStatements = isAtLeast(version, KEEPS_STATEMENTS_SINCE);
  const directory = await mkdtemp(join(tmpdir(), 'eduplatform-pgbouncer-'));
  const file = join(directory, 'pgbouncer.ini');
  await writeFile(file, pgbouncerConfig({ ...options, directory, keepsStatements }), { mode: 0o600 });
  if (runAs.uid !== undefined) for (const path of [file, directory]) await chown(path, runAs.uid, runAs.gid);
  const spec = { command, args: ['-q', file], ownGroup: true, ...runAs };
  const child = launch(spec);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-2_000)));
  }
  // The last resort, when this process ends without closing it.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const close = async (): Promise<void> => {
    await endChild(child, spec);
    process.off('exit', kill);
    await rm(directory, { recursive: true, force: true });
  };
  const connection = { host: directory, port: PORT, database: 'baseline', user: 'baseline' };
  try {
    await eventually(() => hasExited(child) || answers(connection), { timeoutMs: START_MS });
    if (hasExited(child)) throw new Error('it ended at once');
  } catch (error) {
    await close();
    throw new Error(`pgbouncer did not start: ${(error as Error).message}\n${said}`, { cause: error });
  }
  return { connection, close };
}

async function answers(connection: pg.ClientConfig): Promise<true> {
  const client = new pg.Client(connection);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end();
  }
}
