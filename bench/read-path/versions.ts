import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { repositoryRoot } from '@eduplatform/local/platform/paths';
import { which } from '@eduplatform/local/platform/which';
import { withPostgres } from '@eduplatform/local/servers/postgres';
import type { Servers } from '../freshness/servers.ts';

/** Versions of everything that takes part in the measurement. */
export async function readVersions({ databaseUrl, redisUrl, search }: Servers): Promise<Record<string, string>> {
  return {
    commit: await commit(),
    Node: process.versions.node,
    Postgres: await withPostgres(databaseUrl, async (client) => {
      const { rows } = await client.query<{ server_version: string }>('show server_version');
      return rows[0]?.server_version ?? 'unknown';
    }),
    Redis: await redisVersion(redisUrl),
    'search engine': search.description,
  };
}

async function redisVersion(url: string): Promise<string> {
  const redis = new Redis(url);
  try {
    return /^(?:valkey|redis)_version:(\S+)/m.exec(await redis.info('server'))?.[1] ?? 'unknown';
  } finally {
    redis.disconnect();
  }
}

/** The commit that was measured; an unpacked archive has none. */
async function commit(): Promise<string> {
  const git = which('git');
  if (!git) return 'unknown';
  const run = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(git, args, { cwd: repositoryRoot })).stdout.trim();
  try {
    const changed = (await run('status', '--porcelain')) === '' ? '' : ' with changes';
    return `${await run('rev-parse', '--short=12', 'HEAD')}${changed}`;
  } catch {
    return 'unknown';
  }
}
