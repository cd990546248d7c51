import type { Queryable } from '@eduplatform/db/transaction';
import type { Cursor } from './outbox-row.ts';

// Columns by their table: beside them stand texts of the same names, of which 999 would come after 1000.
const NEWEST = `
  select transaction_id::text as "transactionId", position::text, id from outbox
  where history = $1 order by outbox.transaction_id desc, outbox.position desc limit 1`;

/** The last row that can be seen, whether it is settled or not; null when there is none. */
export async function newestRow(db: Queryable, history: number): Promise<(Cursor & { id: string }) | null> {
  const { rows } = await db.query<Cursor & { id: string }>(NEWEST, [history]);
  return rows[0] ?? null;
}
