import { existsSync } from 'node:fs';
import { chown, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { LaunchSpec } from '../platform/launch.ts';
import { runOrFail } from '../platform/run.ts';
import { ownedFolder, runAs } from '../platform/unprivileged.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';

export interface PostgresOptions {
  binaries: PostgresBinaries;
  /** Folder that holds `data`; made when missing. */
  directory: string;
  port: number;
  password: string;
  /** Settings as in postgresql.conf. */
  settings: Record<string, string>;
}

/** The superuser's connection string for one of its databases. */
export function postgresUrl({ port, password }: PostgresOptions, database: string): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** Makes the cluster unless it exists. An initialization that was interrupted is thrown away and repeated. */
export async function initializePostgres({ binaries, directory, password }: PostgresOptions): Promise<void> {
  const data = join(directory, 'data');
  const marker = join(directory, 'initialized');
  await ownedFolder(directory);
  if (existsSync(marker)) return ownedFolder(data);
  await rm(data, { recursive: true, force: true });
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (runAs.uid !== undefined) await chown(passwordFile, runAs.uid, runAs.gid);
  const args = ['-D', data, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  // The builtin provider needs no locale of the system, so that every machine sorts and folds case alike.
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-sync'];
  try {
    await runOrFail({ command: binaries.initdb, args: [...args, ...locale], cwd: directory, ...runAs }, 'initdb');
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(marker, '');
}

/** How to start the server; it listens on 127.0.0.1 only. */
export function postgresSpec({ binaries, directory, port, settings }: PostgresOptions): LaunchSpec {
  const all = {
    ...settings,
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_prepared_transactions: '0',
  };
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return {
    command: binaries.postgres,
    args: ['-D', join(directory, 'data'), ...args],
    cwd: directory,
    // A fast shutdown: sessions are ended, nothing committed is lost.
    stopSignal: 'SIGINT',
    ownGroup: true,
    ...runAs,
  };
}

/** Runs `work` with a connection that is closed at the end. */
export async function withPostgres<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // A connection that breaks between two queries reports it here; the query under way rejects by itself.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the database that the connection string names, unless the server has it. */
export async function createDatabase(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await withPostgres(withDatabase(url, 'postgres'), async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  });
}

/** The connection string of another database of the same server. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = database;
  return other.href;
}

/** @throws while the server is down or still starting. */
export async function checkPostgres(url: string): Promise<true> {
  await withPostgres(url, (client) => client.query('SELECT 1'));
  return true;
}
