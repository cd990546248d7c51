import type { Queryable } from '@eduplatform/db/transaction';
import type { Checkpoint } from '../checkpoint.ts';
import { MODEL, OLDEST_READABLE_MODEL } from '../projections/registry.ts';
import { hasRow } from '../source/find-row.ts';
import { hasReached } from '../source/horizon.ts';
import type { Found } from './opening.ts';

const DROPPED = 'select dropped_up_to as "droppedUpTo" from stream_state';

/** What Postgres has to say of a checkpoint that was found in a sink. */
export async function readFound(
  db: Queryable,
  found: Pick<Found, 'checkpoint' | 'identity' | 'isMarked'>,
): Promise<Found> {
  const { rows } = await db.query<{ droppedUpTo: string | null }>(DROPPED);
  return {
    ...found,
    droppedUpTo: rows[0]?.droppedUpTo ?? null,
    isContinued: found.checkpoint !== null && (await isContinued(db, found.checkpoint)),
    model: { number: MODEL, oldestReadable: OLDEST_READABLE_MODEL },
  };
}

/** Whether the database has been where the checkpoint stands: it has that row, and has given out the ids before it. */
async function isContinued(db: Queryable, { cursor, lastRow }: Checkpoint): Promise<boolean> {
  // A smaller next id would be given out again, and its rows would lie behind the cursor, never to be read.
  if (!(await hasReached(db, cursor.transactionId))) return false;
  return !lastRow || (await hasRow(db, lastRow, lastRow.id));
}
