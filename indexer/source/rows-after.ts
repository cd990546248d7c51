import type { EventRow } from '../projections/projection.ts';
import type { Queryable } from '@eduplatform/db/transaction';
import type { Cursor } from './outbox-row.ts';

const ROWS_AFTER = `
  select type, payload from outbox
  where (transaction_id, position) > ($2::xid8, $3::bigint) and history = $1
  order by transaction_id, position limit $4`;

/** What has been committed after a cursor, whether it can be read in order already or not; at most `limit` rows. */
export async function rowsAfter(
  db: Queryable,
  { history, cursor }: { history: number; cursor: Cursor },
  limit: number,
): Promise<EventRow[]> {
  return (await db.query<EventRow>(ROWS_AFTER, [history, cursor.transactionId, cursor.position, limit])).rows;
}
