import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { withPostgres } from '../servers/postgres.ts';
import { stateDirectory } from '../platform/paths.ts';
import type { Arena } from './arena/arena.ts';
import { withRedis } from './scenarios/with-redis.ts';

const TABLES = ['stream_state', 'indexer_sinks', 'indexer_jobs', 'dead_letters', 'outbox'];

/**
 * Puts down what a round that failed has left: the logs of all programs, and how Postgres and Redis stand. Answers the
 * folder, which outlives the run.
 */
export async function keepEvidence(arena: Arena, round: { title: string; replay: string }, error: Error) {
  const folder = join(stateDirectory(), 'faults', basename(arena.directory));
  await mkdir(folder, { recursive: true });
  const logs = (await readdir(arena.directory)).filter((name) => name.endsWith('.log'));
  for (const log of logs) await cp(join(arena.directory, log), join(folder, log));
  const standing = {
    ...{ ...round, error: error.stack, at: new Date().toISOString(), data: arena.directory },
    postgres: await orError(() => lastRows(arena)),
    redis: await orError(() => current(arena)),
    reads: arena.readers.tally,
    violations: arena.readers.violations,
  };
  await writeFile(join(folder, 'standing.json'), JSON.stringify(standing, null, 2));
  return folder;
}

async function lastRows({ postgres }: Arena): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  await withPostgres(postgres.databaseUrl, async (client) => {
    for (const table of TABLES) {
      const { rows } = await client.query<Record<string, unknown>>(
        `select to_jsonb(t)::text as row from (select * from ${table} order by 1 desc limit 50) as t`,
      );
      found[table] = rows.map(({ row }) => JSON.parse(String(row)) as unknown);
    }
  });
  return found;
}

async function current(arena: Arena): Promise<unknown> {
  let found: unknown;
  await withRedis(arena, async (redis) => {
    found = await redis.hgetall('edu:current');
  });
  return found;
}

/** A server that is away is evidence, too. */
const orError = <T>(read: () => Promise<T>): Promise<T | string> => read().catch(String);
