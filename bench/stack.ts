import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { Meilisearch } from 'meilisearch';
import { endChild, hasExited, launch, type LaunchSpec } from '@eduplatform/local/platform/launch';
import { freePort } from '@eduplatform/local/platform/ports';
import { eventually } from '@eduplatform/local/platform/wait';
import { postgresBinaries } from '@eduplatform/local/servers/postgres-binaries';
import { checkPostgres, initializePostgres, postgresSpec, postgresUrl } from '@eduplatform/local/servers/postgres';
import { checkRedis, chooseRedis, redisSpec, redisUrl } from '@eduplatform/local/servers/redis';
import { checkSearch, chooseSearch, searchSpec, searchUrl } from '@eduplatform/local/servers/search';
import { removeIndexes, type SearchSpace } from './remove-indexes.ts';

export interface Started {
  child: ChildProcess;
  /** Ends it before the rest of the stack, and waits for that. */
  stop(): Promise<void>;
}

/** Servers on free ports with a folder of their own, all ended by `stop`, and at the latest when the bench ends. */
export interface Stack {
  readonly directory: string;
  /** Process ids by the name that they were started under; of several the last. */
  readonly pids: ReadonlyMap<string, number>;
  start(name: string, spec: LaunchSpec, check: () => Promise<true>, timeoutMs?: number): Promise<Started>;
  /** Done by `stop` when all processes have ended: what a server that goes on running is to be rid of. */
  afterwards(cleanUp: () => Promise<void>): void;
  stop(): Promise<void>;
}

export interface SearchServer extends SearchSpace {
  description: string;
  /** Whether it is a Meilisearch, and not the embedded engine. */
  isReal: boolean;
}

const START_MS = 120_000;
const OUTPUT_LIMIT = 4_000;
/** As durable as in production: what a commit costs is part of the picture. */
const POSTGRES_SETTINGS = { max_connections: '100', shared_buffers: '128MB' };

/** @param signal of whoever ends the stack itself when interrupted; without it, an interruption ends this process. */
export async function openStack(signal?: AbortSignal): Promise<Stack> {
  const directory = await mkdtemp(join(tmpdir(), 'eduplatform-bench-'));
  // Postgres may run as another user, who must get through.
  await chmod(directory, 0o711);
  const running: { child: ChildProcess; spec: LaunchSpec }[] = [];
  // The last resort, when the bench is interrupted or crashes.
  const kill = (): void => {
    for (const { child } of running) child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', kill);
  if (!signal) for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(1));
  const pids = new Map<string, number>();
  const cleanUps: (() => Promise<void>)[] = [];
  return {
    directory,
    pids,
    async start(name, spec, check, timeoutMs = START_MS) {
      const child = launch(spec);
      running.push({ child, spec });
      if (child.pid !== undefined) pids.set(name, child.pid);
      let output = '';
      const collect = (chunk: Buffer) => (output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT));
      child.stdout?.on('data', collect);
      child.stderr?.on('data', collect);
      await eventually(async () => hasExited(child) || (await check()), { timeoutMs }).catch((error: Error) => {
        throw new Error(`${name} did not start: ${error.message}\n${output}`, { cause: error });
      });
      if (hasExited(child)) throw new Error(`${name} ended at once\n${output}`);
      return { child, stop: () => endChild(child, spec) };
    },
    afterwards: (cleanUp) => void cleanUps.push(cleanUp),
    async stop() {
      for (const { child, spec } of running.toReversed()) await endChild(child, spec);
      process.off('exit', kill);
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
      for (const cleanUp of cleanUps.splice(0)) await cleanUp();
    },
  };
}

/** Answers the connection string. */
export async function startPostgres(
  { directory, start }: Stack,
  settings: Record<string, string> = {},
): Promise<string> {
  const options = {
    binaries: await postgresBinaries(join(directory, 'binaries')),
    directory: join(directory, 'postgres'),
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
    settings: { ...POSTGRES_SETTINGS, ...settings },
  };
  await initializePostgres(options);
  const url = postgresUrl(options, 'postgres');
  await start('Postgres', postgresSpec(options), () => checkPostgres(url));
  return url;
}

/** Answers the URL. */
export async function startRedis({ directory, start }: Stack): Promise<string> {
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

/**
 * The server that the environment names, else the one that the product would start. What is made there has a prefix that
 * nobody else uses: an indexer takes over all indexes under its own.
 */
export async function startSearch({ directory, start, afterwards }: Stack): Promise<SearchServer> {
  const { MEILI_URL: url, MEILI_MASTER_KEY: masterKey } = process.env;
  const indexPrefix = `bench_${randomBytes(6).toString('hex')}_`;
  if (url && masterKey) {
    const description = `Meilisearch ${await meilisearchVersion(url, masterKey)}`;
    afterwards(() => removeIndexes({ url, masterKey, indexPrefix }));
    return { url, masterKey, indexPrefix, description, isReal: true };
  }
  const program = chooseSearch();
  const options = {
    // Of several in one stack each has its own.
    directory: await mkdtemp(join(directory, 'search-')),
    port: await freePort(),
    masterKey: randomBytes(16).toString('hex'),
  };
  const own = searchUrl(options.port);
  await start('Search', searchSpec(program, options), () => checkSearch(own));
  const isReal = program.kind === 'native';
  const description = isReal ? `Meilisearch ${await meilisearchVersion(own, options.masterKey)}` : program.description;
  return { url: own, masterKey: options.masterKey, indexPrefix, description, isReal };
}

async function meilisearchVersion(host: string, apiKey: string): Promise<string> {
  return (await new Meilisearch({ host, apiKey }).getVersion()).pkgVersion;
}
