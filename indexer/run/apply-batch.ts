import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { Queryable } from '@eduplatform/db/transaction';
import { withVersion } from '../projections/draft-change.ts';
import type { Page } from '../projections/projection.ts';
import type { Applied, Commit, Sink } from '../sinks/sink.ts';
import { positionOf, type OutboxRow } from '../source/outbox-row.ts';

const NOTHING: Applied = { sent: 0, unchanged: 0, stale: 0 };

/**
 * Brings what the rows touched into the sink, a page at a time, and commits with the last page. The rows' last position
 * is the version of all documents: they are loaded after the batch was read, so they are at least that new.
 */
export async function applyBatch(db: Queryable, sink: Sink, rows: OutboxRow[], commit: Commit): Promise<Applied> {
  const last = rows.at(-1);
  if (!last) return sink.apply([], commit);
  const version = positionOf(last.history, last);
  let applied = NOTHING;
  const waiting = new Map<string, DocumentChange>();
  for (const projection of sink.projections) {
    for await (const page of projection.touched(db, rows)) {
      const changes = await loadChanges(page, version);
      if (waiting.size > 0 && waiting.size + changes.length > MAX_WAITING) {
        applied = sum(applied, await sink.apply([...waiting.values()], null));
        waiting.clear();
      }
      // What was loaded later is newer.
      for (const change of changes) waiting.set(change.key, change);
    }
  }
  return sum(applied, await sink.apply([...waiting.values()], commit));
}

/** Small pages are written together: most events touch a few documents of several kinds. */
const MAX_WAITING = 500;

/** The documents of a page as they stand now. */
export const loadChanges = async (page: Page, version: string): Promise<DocumentChange[]> =>
  withVersion(await page.load(), version);

const sum = (a: Applied, b: Applied): Applied => ({
  sent: a.sent + b.sent,
  unchanged: a.unchanged + b.unchanged,
  stale: a.stale + b.stale,
});
