import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate } from '@eduplatform/db/migrate';
import { freePort } from '../../platform/ports.ts';
import { postgresBinaries } from '../../servers/postgres-binaries.ts';
import { checkPostgres, initializePostgres, postgresSpec, postgresUrl, withPostgres } from '../../servers/postgres.ts';
import { checkRedis, chooseRedis, redisSpec, redisUrl } from '../../servers/redis.ts';
import { checkSearch, chooseSearch, searchSpec, searchUrl } from '../../servers/search.ts';
import { ServerProcess } from './server-process.ts';

const DATABASE = 'eduplatform';
const POSTGRES_SETTINGS = { max_connections: '100', fsync: 'off', full_page_writes: 'off' };

/** A server of the run, and the folder with its data. */
export interface DataServer {
  process: ServerProcess;
  folder: string;
}

export interface Postgres extends DataServer {
  /** Of the superuser, past every proxy. */
  databaseUrl: string;
  serverUrl: string;
  /** Makes the cluster in its empty folder. */
  initialize(): Promise<void>;
  /** Makes the empty, migrated database. */
  createDatabase(): Promise<void>;
}

/** Postgres, to be initialized and started. */
export async function definePostgres(directory: string): Promise<Postgres> {
  const options = {
    ...{ binaries: await postgresBinaries(join(directory, 'binaries')), directory: join(directory, 'postgres') },
    ...{ port: await freePort(), password: randomBytes(12).toString('hex'), settings: POSTGRES_SETTINGS },
  };
  const [serverUrl, databaseUrl] = [postgresUrl(options, 'postgres'), postgresUrl(options, DATABASE)];
  return {
    ...{ serverUrl, databaseUrl, folder: options.directory },
    process: new ServerProcess({
      ...{ name: 'Postgres', spec: postgresSpec(options), logFile: join(directory, 'postgres.log') },
      check: () => checkPostgres(serverUrl),
    }),
    initialize: () => initializePostgres(options),
    async createDatabase() {
      await withPostgres(serverUrl, (client) => client.query(`create database ${DATABASE}`));
      await migrate(databaseUrl);
    },
  };
}

export interface RedisServer extends DataServer {
  url: string;
  /** What it is, in words. */
  description: string;
  /** Else it is the one in JavaScript, which has neither data on disk nor a configuration. */
  isNative: boolean;
}

/** Redis with its data on disk, to be started. */
export async function defineRedis(directory: string): Promise<RedisServer> {
  const folder = join(directory, 'redis');
  await mkdir(folder);
  const port = await freePort();
  const url = redisUrl(port);
  const program = await chooseRedis((line) => void process.stderr.write(`${line}\n`));
  const spec = redisSpec(program, { port, directory: folder, persistent: true });
  const logFile = join(directory, 'redis.log');
  const server = new ServerProcess({ name: 'Redis', spec, logFile, check: () => checkRedis(url) });
  const { kind, description } = program;
  return { folder, url, description, isNative: kind === 'native', process: server };
}

export interface SearchServer {
  url: string;
  masterKey: string;
  indexPrefix: string;
  /** What it is, in words. */
  description: string;
  /** Undefined where the server is the caller's own (MEILI_URL). */
  own: DataServer | undefined;
}

/** The search server, to be started unless it is the caller's. */
export async function defineSearch(directory: string): Promise<SearchServer> {
  const { MEILI_URL: given, MEILI_MASTER_KEY: masterKey = randomBytes(16).toString('hex') } = process.env;
  if (given) {
    const indexPrefix = `faults_${randomBytes(4).toString('hex')}_`;
    return { url: given, masterKey, indexPrefix, description: given, own: undefined };
  }
  const folder = join(directory, 'search');
  await mkdir(folder);
  const port = await freePort();
  const url = searchUrl(port);
  const program = chooseSearch();
  const spec = searchSpec(program, { directory: folder, port, masterKey });
  const logFile = join(directory, 'search.log');
  const server = new ServerProcess({ name: 'Search', spec, logFile, check: () => checkSearch(url) });
  return { url, masterKey, indexPrefix: '', description: program.description, own: { folder, process: server } };
}
