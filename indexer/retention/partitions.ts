import type pg from 'pg';
import { formatPosition, type Position } from '@eduplatform/contracts/positions';
import { transaction, type Queryable } from '@eduplatform/db/transaction';
import type { Decision, Partition } from './decide.ts';

const AHEAD_WEEKS = 4;

/** Makes the partitions of the coming weeks; cheap when they are there. */
export async function makePartitions(db: Queryable): Promise<void> {
  await db.query('select make_outbox_partitions(now(), $1)', [AHEAD_WEEKS]);
}

/**
 * Now, in milliseconds since 1970, by the clock that rows get their time from: that of this machine may be set to whatever
 * time, and then everything would seem old.
 */
export async function readTime(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ now: number }>(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as now',
  );
  if (!rows[0]) throw new Error('Postgres does not know the time');
  return rows[0].now;
}

/** The default partition has no end, and is empty as long as partitions are made in time. */
const ENDED = `
  select name, extract(epoch from ends_at)::float8 * 1000 as "endsAt"
  from (
    select c.relname as name,
           substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \\(''([^'']+)''\\)')::timestamptz as ends_at
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'outbox'::regclass
  ) as partition
  where ends_at < to_timestamp($1::float8 / 1000)`;

/** Partitions of the outbox that ended before a time. */
export async function findPartitions(db: Queryable, endedBefore: number): Promise<Partition[]> {
  const { rows } = await db.query<{ name: string; endsAt: number }>(ENDED, [endedBefore]);
  const partitions: Partition[] = [];
  for (const { name, endsAt } of rows) partitions.push({ name, endsAt, last: await lastOf(db, name) });
  return partitions;
}

async function lastOf(db: Queryable, name: string): Promise<Position | null> {
  // Qualified: the unqualified names are the texts of the select list.
  const { rows } = await db.query<{ history: number; transactionId: string; position: string }>(
    `select p.history, p.transaction_id::text as "transactionId", p.position::text as position
     from ${quoted(name)} p order by p.history desc, p.transaction_id desc, p.position desc limit 1`,
  );
  return rows[0] ? formatPosition(rows[0]) : null;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

// In a later term nothing is dropped, and whoever takes over meanwhile waits.
const NOTE_DROPPED = `
  update stream_state set dropped_up_to = greatest(dropped_up_to, $1) where epoch = $2`;
const MARK = `
  update indexer_sinks set needs_rebuild = coalesce(needs_rebuild, $2), updated_at = now() where sink = any($1)`;
const CANCEL = `
  update indexer_jobs set cancel_requested_at = coalesce(cancel_requested_at, now())
  where sink = any($1) and kind in ('reindex', 'rollback') and state in ('requested', 'running')`;

/**
 * Drops a partition, and in the same transaction notes what that was and marks who has missed it. It locks out all
 * writers for the moment, so it does not wait for the lock: it rejects, to be tried again.
 */
export async function dropPartition(pool: pg.Pool, { partition, leftBehind }: Decision, epoch: number): Promise<void> {
  await transaction(pool, async (tx) => {
    await tx.query(`set local lock_timeout = '200ms'`);
    const { rowCount } = await tx.query(NOTE_DROPPED, [partition.last, epoch]);
    if (rowCount !== 1) throw new Error('another indexer leads');
    const of = (isNext: boolean) => leftBehind.filter((reader) => reader.isNext === isNext).map(({ sink }) => sink);
    await tx.query(MARK, [of(false), `the outbox was dropped up to ${partition.last ?? 'nothing'} before it was read`]);
    await tx.query(CANCEL, [of(true)]);
    await tx.query(`drop table ${quoted(partition.name)}`);
  });
}
