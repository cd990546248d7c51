import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { Queryable } from '@eduplatform/db/transaction';
import { withVersion } from '../projections/draft-change.ts';
import type { Page } from '../projections/projection.ts';
import type { Applied, Commit, Sink } from '../sinks/sink.ts';
import { positionOf, type OutboxRow } from '../source/outbox-row.ts';

const NOTHING: Applied = { sent: 0, unchanged: 0, stale: 0 };
/** Documents that are gathered before they are written: most events touch a few of several kinds. */
const MAX_WAITING = 500;

/**
 * Brings what the rows touched into the sink, some pages at a time, and commits with the last. The rows' last position
 * is the version of all documents: they are loaded after the batch was read, so they are at least that new.
 */
export async function applyBatch(db: Queryable, sink: Sink, rows: OutboxRow[], commit: Commit): Promise<Applied> {
  const last = rows.at(-1);
  if (!last) return sink.apply([], commit);
  const version = positionOf(last.history, last);
  let applied = NOTHING;
  let waiting = new Map<string, DocumentChange>();
  const pages = sink.projections.map((projection) => projection.touched(db, rows));
  for await (const changes of loadTogether(pages, version)) {
    if (waiting.size > 0 && waiting.size + changes.length > MAX_WAITING) {
      applied = sum(applied, await sink.apply([...waiting.values()], null));
      waiting = new Map();
    }
    // What was loaded later is newer.
    for (const change of changes) waiting.set(change.key, change);
  }
  return sum(applied, await sink.apply([...waiting.values()], commit));
}

/** The next page of every kind is loaded at the same time: an event of several kinds waits for the slowest, not for all. */
async function* loadTogether(kinds: AsyncIterable<Page>[], version: string): AsyncGenerator<DocumentChange[]> {
  let left = kinds.map((pages) => pages[Symbol.asyncIterator]());
  while (left.length > 0) {
    const loaded = await Promise.all(
      left.map(async (pages) => {
        const next = await pages.next();
        return next.done === true ? null : { pages, changes: await loadChanges(next.value, version) };
      }),
    );
    const found = loaded.filter((each) => each !== null);
    for (const { changes } of found) yield changes;
    left = found.map(({ pages }) => pages);
  }
}

/** The documents of a page as they stand now. */
export const loadChanges = async (page: Page, version: string): Promise<DocumentChange[]> =>
  withVersion(await page.load(), version);

const sum = (a: Applied, b: Applied): Applied => ({
  sent: a.sent + b.sent,
  unchanged: a.unchanged + b.unchanged,
  stale: a.stale + b.stale,
});
