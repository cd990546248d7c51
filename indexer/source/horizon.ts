import type { Queryable } from '@eduplatform/db/transaction';
import type { Cursor } from './outbox-row.ts';

const HORIZON = `select pg_snapshot_xmin(pg_current_snapshot())::text as transaction_id`;

/** The horizon now. Whatever is loaded afterwards contains every transaction before it. */
export async function readHorizon(db: Queryable): Promise<Cursor> {
  const { rows } = await db.query<{ transaction_id: string }>(HORIZON);
  return { transactionId: rows[0]?.transaction_id ?? '0', position: '0' };
}

const HAS_REACHED = `select pg_snapshot_xmax(pg_current_snapshot()) >= $1::xid8 as reached`;

/** Whether the cluster has come as far as a horizon read from it earlier; if not, it was set back. */
export async function hasReached(db: Queryable, transactionId: string): Promise<boolean> {
  const { rows } = await db.query<{ reached: boolean }>(HAS_REACHED, [transactionId]);
  return rows[0]?.reached ?? false;
}

/** Who holds the horizon back: the oldest transaction with an id, in any database of the cluster. */
const HOLDER = `
  select pid, coalesce(datname, '') as database, coalesce(application_name, '') as application, coalesce(state, '') as state,
         extract(epoch from clock_timestamp() - xact_start)::float8 as seconds
  from pg_stat_activity
  where backend_xid is not null and pid <> pg_backend_pid()
  order by age(backend_xid) desc
  limit 1`;

export interface HorizonHolder {
  pid: number;
  database: string;
  application: string;
  state: string;
  /** Since its transaction began. */
  seconds: number;
}

/** The transaction that holds the horizon, or null when nothing is being written. */
export async function readHorizonHolder(db: Queryable): Promise<HorizonHolder | null> {
  const { rows } = await db.query<HorizonHolder>(HOLDER);
  return rows[0] ?? null;
}
