import type { OutboxEvent } from '@eduplatform/contracts/events';
import { formatPosition, type Position } from '@eduplatform/contracts/positions';
import type { Queryable, Tx } from './transaction.ts';

interface PositionRow {
  history: number;
  transaction_id: string;
  position: string;
}

const toPosition = (row: PositionRow): Position =>
  formatPosition({ history: row.history, transactionId: row.transaction_id, position: row.position });

const APPEND = `
  with appended as (
    insert into outbox (aggregate_type, aggregate_id, aggregate_version, type, payload, trace_parent)
    select e->>'aggregateType', e->>'aggregateId', (e->>'aggregateVersion')::bigint, e->>'type', e->'payload', $2
    from jsonb_array_elements($1::jsonb) with ordinality as list (e, n)
    order by n
    returning history, transaction_id, position
  )
  select history, transaction_id::text, position::text from appended order by appended.position desc limit 1`;

/**
 * Appends events to the outbox in the command's own transaction and returns the position of the last one.
 * `traceParent` is the W3C trace context of the command, by which its trace goes on in the indexer.
 */
export async function appendToOutbox(tx: Tx, events: OutboxEvent[], traceParent: string | null): Promise<Position> {
  const { rows } = await tx.query<PositionRow>(APPEND, [JSON.stringify(events), traceParent]);
  const last = rows[0];
  if (!last) throw new Error('no event to append');
  return toPosition(last);
}

const HORIZON = `
  select current_history() as history, pg_snapshot_xmin(pg_current_snapshot())::text as transaction_id, '0' as position`;

/** The horizon `(xmin, 0)`: every transaction before it has ended. What a command that changed nothing answers with. */
export async function readHorizon(db: Queryable): Promise<Position> {
  const { rows } = await db.query<PositionRow>(HORIZON);
  if (!rows[0]) throw new Error('stream_state is empty; run the migrations');
  return toPosition(rows[0]);
}
