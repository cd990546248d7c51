import type { DeadLetter, DeadLetterDetails } from '@eduplatform/contracts/http/indexer';
import type { Queryable, Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { sourceInRedis, sourceInSearch } from '../projections/document-source.ts';
import { loadDocuments } from '../projections/load-documents.ts';
import { PROJECTIONS } from '../projections/registry.ts';

const COLUMNS = `
  id, sink, key, source_kind as "sourceKind", source_key as "sourceKey", version, reason, attempts,
  first_failed_at as "firstFailedAt", last_failed_at as "lastFailedAt", replay_requested_at as "replayRequestedAt"`;

export interface DeadLetterRow extends Omit<DeadLetter, 'firstFailedAt' | 'lastFailedAt' | 'replayRequestedAt'> {
  firstFailedAt: Date;
  lastFailedAt: Date;
  replayRequestedAt: Date | null;
}

const LIST = `
  select ${COLUMNS} from dead_letters
  where ($1::text is null or sink = $1) and ($2::uuid is null or id < $2) order by id desc limit $3`;

/** The newest first, of one sink or of all. */
export async function listDeadLetters(
  db: Queryable,
  { sink, after, limit }: { sink: string | null; after: string | null; limit: number },
): Promise<DeadLetterRow[]> {
  return (await db.query<DeadLetterRow>(LIST, [sink, after, limit])).rows;
}

export const describeDeadLetter = (row: DeadLetterRow): DeadLetter => ({
  ...row,
  firstFailedAt: row.firstFailedAt.toISOString(),
  lastFailedAt: row.lastFailedAt.toISOString(),
  replayRequestedAt: row.replayRequestedAt?.toISOString() ?? null,
});

const FIND = `select ${COLUMNS} from dead_letters where id = $1`;

/** With its document as it stands now, which is what a replay would write. Throws dead_letter_not_found. */
export async function showDeadLetter(db: Queryable, id: string): Promise<DeadLetterDetails> {
  const { rows } = await db.query<DeadLetterRow>(FIND, [id]);
  const row = rows[0] ?? missing();
  const [projections, sourceOf] =
    row.sink === 'redis'
      ? ([PROJECTIONS.redis, sourceInRedis] as const)
      : ([PROJECTIONS.search, sourceInSearch] as const);
  const [document] = await loadDocuments(db, projections, sourceOf, [row.key]);
  return { ...describeDeadLetter(row), document: document && 'body' in document ? document.body : null };
}

const REPLAY = `
  update dead_letters set replay_requested_at = coalesce(replay_requested_at, now()) where id = $1 returning ${COLUMNS}`;

/** Asks the leader to try again. Throws dead_letter_not_found. */
export async function replayDeadLetter(db: Queryable | Tx, id: string): Promise<DeadLetterRow> {
  return (await db.query<DeadLetterRow>(REPLAY, [id])).rows[0] ?? missing();
}

const REPLAY_ALL = `
  update dead_letters set replay_requested_at = now()
  where ($1::text is null or sink = $1) and replay_requested_at is null`;

/** Asks the leader to try all of them again, of one sink or of all; how many that are. */
export async function replayAllDeadLetters(db: Queryable | Tx, sink: string | null): Promise<number> {
  return (await db.query(REPLAY_ALL, [sink])).rowCount ?? 0;
}

const DISCARD = `delete from dead_letters where id = $1 returning ${COLUMNS}`;

/** Gives up on it: what the sink holds is then taken for what it should hold. Throws dead_letter_not_found. */
export async function discardDeadLetter(db: Queryable | Tx, id: string): Promise<DeadLetterRow> {
  return (await db.query<DeadLetterRow>(DISCARD, [id])).rows[0] ?? missing();
}

function missing(): never {
  throw new ProblemError('dead_letter_not_found');
}
