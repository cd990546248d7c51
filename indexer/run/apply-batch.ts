import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { Queryable } from '@eduplatform/db/transaction';
import type { Keys } from '../projections/keys.ts';
import { load } from '../projections/load.ts';
import { pagesOfKeys } from '../projections/pages.ts';
import { touchedBy } from '../projections/touched.ts';
import { withVersion } from '../projections/draft-change.ts';
import type { Applied, Commit, Sink } from '../sinks/sink.ts';
import { positionOf, type OutboxRow } from '../source/outbox-row.ts';

const NOTHING: Applied = { sent: 0, unchanged: 0, stale: 0 };

/**
 * Brings what the rows touched into the sink, a page of courses at a time, and commits with the last page. The rows'
 * last position is the version of all documents: they are loaded after the batch was read, so they are at least that new.
 */
export async function applyBatch(db: Queryable, sink: Sink, rows: OutboxRow[], commit: Commit): Promise<Applied> {
  const last = rows.at(-1);
  if (!last) return sink.apply([], commit);
  const version = positionOf(last.history, last);
  let applied = NOTHING;
  let waiting: DocumentChange[] | null = null;
  for await (const keys of pagesOfKeys(db, touchedBy(rows))) {
    if (waiting) applied = sum(applied, await sink.apply(waiting, null));
    waiting = await loadChanges(db, sink, keys, version);
  }
  return sum(applied, await sink.apply(waiting ?? [], commit));
}

/** The sink's documents for the keys as they stand now. */
export const loadChanges = async (db: Queryable, sink: Sink, keys: Keys, version: string): Promise<DocumentChange[]> =>
  withVersion(sink.documents(await load(db, keys)), version);

export const sum = (a: Applied, b: Applied): Applied => ({
  sent: a.sent + b.sent,
  unchanged: a.unchanged + b.unchanged,
  stale: a.stale + b.stale,
});
