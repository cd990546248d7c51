import type { Queryable } from '@eduplatform/db/transaction';
import type { Cursor } from './outbox-row.ts';

/** Counting stops here: that a sink is a million rows behind need not be told to the row. */
export const MAX_COUNTED_ROWS = 100_000;

const BACKLOG = `
  select count(*)::int as rows, coalesce(extract(epoch from clock_timestamp() - min(occurred_at)), 0)::float8 as seconds
  from (
    select occurred_at from outbox
    where (transaction_id, position) > ($2::xid8, $3::bigint) and history = $1
    order by transaction_id, position
    limit ${MAX_COUNTED_ROWS}
  ) as waiting`;

export interface Backlog {
  /** At most MAX_COUNTED_ROWS. */
  rows: number;
  /** Age of the oldest row that is not in the sink; 0 when there is none. */
  seconds: number;
}

/** What has been committed and is not yet in a sink that stands at `after`. */
export async function readBacklog(db: Queryable, history: number, after: Cursor): Promise<Backlog> {
  const { rows } = await db.query<Backlog>(BACKLOG, [history, after.transactionId, after.position]);
  return rows[0] ?? { rows: 0, seconds: 0 };
}

const HAS_ROWS_BETWEEN = `
  select exists (
    select from outbox
    where (transaction_id, position) > ($2::xid8, $3::bigint) and (transaction_id, position) <= ($4::xid8, $5::bigint)
      and history = $1
  ) as found`;

/** Whether there are rows after one cursor, up to another one. */
export async function hasRowsBetween(db: Queryable, history: number, after: Cursor, upTo: Cursor): Promise<boolean> {
  const values = [history, after.transactionId, after.position, upTo.transactionId, upTo.position];
  const { rows } = await db.query<{ found: boolean }>(HAS_ROWS_BETWEEN, values);
  return rows[0]?.found ?? false;
}
