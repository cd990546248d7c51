import type { Position } from '@eduplatform/contracts/positions';
import type { Queryable } from '@eduplatform/db/transaction';
import type { Cursor, OutboxRow } from './outbox-row.ts';

/**
 * Horizon and rows come from one statement, hence one snapshot: were the horizon read a moment later, a row that
 * committed in between would lie before it and never be read. Rows at or past the horizon are named but not used:
 * a transaction with a smaller id may still be running and commit rows before them.
 */
const READ_BATCH = `
  with horizon as (select pg_snapshot_xmin(pg_current_snapshot()) as xmin)
  select horizon.xmin::text as horizon,
         entry.history, entry.transaction_id::text, entry.position::text, entry.id, entry.type, entry.aggregate_id, entry.payload,
         entry.trace_parent, entry.occurred_at, pg_column_size(entry.payload) as bytes,
         entry.transaction_id < horizon.xmin as settled,
         (select dropped_up_to from stream_state) as "droppedUpTo"
  from horizon
  left join lateral (
    select * from outbox
    where (transaction_id, position) > ($2::xid8, $3::bigint) and history = $1
    order by transaction_id, position
    limit $4
  ) as entry on true`;

interface Row {
  horizon: string;
  history: number | null;
  transaction_id: string;
  position: string;
  id: string;
  type: string;
  aggregate_id: string;
  payload: Record<string, unknown>;
  trace_parent: string | null;
  occurred_at: Date;
  bytes: number;
  settled: boolean;
  droppedUpTo: Position | null;
}

export interface Batch {
  /** In stream order; every transaction before the last of them has ended. */
  rows: OutboxRow[];
  /** The oldest transaction that may still be running: everything before `(horizon, 0)` can be read now. */
  horizon: Cursor;
  /** Committed rows are waiting for an older transaction to end, so it pays to look again soon. */
  isHeldBack: boolean;
  /** Of the payloads of `rows` together, as Postgres stores them. */
  bytes: number;
  /** The last row that retention has dropped; null when nothing was. */
  droppedUpTo: Position | null;
  /** There may be more rows than were asked for. */
  isFull: boolean;
}

/** The next rows of one history after a cursor, at most `limit`. */
export async function readBatch(db: Queryable, history: number, after: Cursor, limit: number): Promise<Batch> {
  const result = await db.query<Row>({
    // Named: planned once per connection; planning over the partitions costs more than reading a few rows.
    name: 'read-batch',
    text: READ_BATCH,
    values: [history, after.transactionId, after.position, limit],
  });
  const found = result.rows.filter((row) => row.history !== null);
  const settled = found.filter((row) => row.settled);
  return {
    rows: settled.map(toOutboxRow),
    horizon: { transactionId: result.rows[0]?.horizon ?? '0', position: '0' },
    bytes: settled.reduce((all, { bytes }) => all + bytes, 0),
    droppedUpTo: result.rows[0]?.droppedUpTo ?? null,
    isHeldBack: settled.length < found.length,
    isFull: settled.length === limit,
  };
}

const toOutboxRow = (row: Row): OutboxRow => ({
  history: row.history ?? 0,
  transactionId: row.transaction_id,
  position: row.position,
  id: row.id,
  type: row.type,
  aggregateId: row.aggregate_id,
  payload: row.payload,
  traceParent: row.trace_parent,
  occurredAt: row.occurred_at,
});
