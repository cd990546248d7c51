import type pg from 'pg';
import { isScale, type Scale } from './sizes.ts';
import { TargetError } from './target-error.ts';

export interface DataSet {
  scale: Scale;
  seed: number;
  isFinished: boolean;
}

/** What a data set is called in seed_state; its chunks have names that begin with it. */
export const nameOf = (scale: Scale, seed: number): string => `${scale}, seed ${seed}`;

const TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm', 'f') and not c.relispartition
    and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
  order by 1`;
/** They have rows as soon as the schema is there. */
const OF_THE_SCHEMA = ['public.migrations', 'public.stream_state', 'public.seed_state', 'public.indexer_sinks'];
const SETS = `
  select name, finished_at is not null as "isFinished" from seed_state where name not like '%: %' order by started_at`;

/**
 * The data set that the database holds, or null when it is empty: without tables, or with our schema and without a row.
 * Throws TargetError when it holds anything else.
 */
export async function findDataSet(client: pg.Client): Promise<DataSet | null> {
  const { rows } = await client.query<{ name: string }>(TABLES);
  const tables = rows.map(({ name }) => name);
  if (tables.includes('public.seed_state')) {
    const { rows: sets } = await client.query<{ name: string; isFinished: boolean }>(SETS);
    const found = sets.map(({ name, isFinished }) => ({ ...parseName(name), isFinished }));
    if (found.length === 1 && isComplete(found[0])) return found[0];
    if (sets[0]) throw new TargetError(`${where(client)} holds other data (${sets[0].name}). ${ADVICE}`);
  }
  for (const table of tables.filter((name) => !OF_THE_SCHEMA.includes(name))) {
    const { rowCount } = await client.query(`select from ${table} limit 1`);
    if (rowCount) throw new TargetError(`${where(client)} is not empty: there are rows in ${table}. ${ADVICE}`);
  }
  if (tables.length > 0 && !tables.includes('public.stream_state')) {
    throw new TargetError(`${where(client)} has tables of something else (${tables.join(', ')}). ${ADVICE}`);
  }
  await assertUnread(client, tables);
  return null;
}

const ADVICE = 'Nothing was changed. Let DATABASE_URL name an empty database, or leave it out.';
const where = (client: pg.Client): string => `The database ${client.database ?? ''}`;

function parseName(name: string): { scale: Scale | null; seed: number } {
  const [, scale = '', seed] = /^(\w+), seed (\d+)$/.exec(name) ?? [];
  return { scale: isScale(scale) ? scale : null, seed: Number(seed) };
}

const isComplete = (set: { scale: Scale | null } | undefined): set is DataSet => Boolean(set?.scale);

/** An indexer that has followed the stream of an empty database would never learn of rows that no event tells of. */
async function assertUnread(client: pg.Client, tables: string[]): Promise<void> {
  if (!tables.includes('public.stream_state')) return;
  const { rows } = await client.query<{ isFresh: boolean }>(
    'select (history, epoch) = (1, 0) as "isFresh" from stream_state',
  );
  if (rows[0]?.isFresh !== false) return;
  throw new TargetError(`An indexer has used ${where(client)} before. ${ADVICE}`);
}
