import type { Queryable } from '@eduplatform/db/transaction';
import type { Cursor } from './outbox-row.ts';

const FIND_ROW = `
  select exists (
    select from outbox where transaction_id = $1::xid8 and position = $2::bigint and id = $3::uuid
  ) as found`;

/** Whether the outbox has this very row: another id in its place means that the database is another one. */
export async function hasRow(db: Queryable, cursor: Cursor, id: string): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(FIND_ROW, [cursor.transactionId, cursor.position, id]);
  return rows[0]?.found ?? false;
}
