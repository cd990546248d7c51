import type { Position } from '@eduplatform/contracts/positions';
import type { Queryable } from '@eduplatform/db/transaction';
import type { Checkpoint } from '../checkpoint.ts';
import { MODEL, OLDEST_READABLE_MODEL } from '../projections/registry.ts';
import { hasRowsBetween } from '../source/backlog.ts';
import { hasRow } from '../source/find-row.ts';
import { hasReached } from '../source/horizon.ts';
import type { Found } from './opening.ts';

/** A build that names no row was made of a database without rows. */
const BEFORE_ALL = { transactionId: '0', position: '0' };
const DROPPED = 'select dropped_up_to as "droppedUpTo" from stream_state';

/** What Postgres has to say of a checkpoint that was found in a sink. */
export async function readFound(
  db: Queryable,
  found: Pick<Found, 'checkpoint' | 'identity' | 'isMarked'>,
): Promise<Found> {
  return {
    ...found,
    droppedUpTo: await readDropped(db),
    isContinued: found.checkpoint !== null && (await isContinued(db, found.checkpoint)),
    model: { number: MODEL, oldestReadable: OLDEST_READABLE_MODEL },
  };
}

/** The last row that retention has dropped; null when nothing was. */
export async function readDropped(db: Queryable): Promise<Position | null> {
  const { rows } = await db.query<{ droppedUpTo: Position | null }>(DROPPED);
  return rows[0]?.droppedUpTo ?? null;
}

/** Whether the database has been where the checkpoint stands: it has that row, and has given out the ids before it. */
async function isContinued(db: Queryable, { cursor, lastRow, identity }: Checkpoint): Promise<boolean> {
  // A smaller next id would be given out again, and its rows would lie behind the cursor, never to be read.
  if (!(await hasReached(db, cursor.transactionId))) return false;
  if (lastRow && !(await hasRow(db, lastRow, lastRow.id))) return false;
  // Ids that were given out again before anybody looked: these rows lie behind the cursor, and were never applied.
  return !(await hasRowsBetween(db, identity.history, lastRow ?? BEFORE_ALL, cursor));
}
