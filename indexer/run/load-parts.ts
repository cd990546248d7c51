import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { Queryable } from '@eduplatform/db/transaction';
import { withVersion } from '../projections/draft-change.ts';
import type { Page, Projection } from '../projections/projection.ts';
import { positionOf, type OutboxRow } from '../source/outbox-row.ts';

/** Documents that are written together: most events touch a few of several kinds. */
const MAX_DOCUMENTS = 1_000;
const MAX_CHARACTERS = 2_000_000;

/**
 * The documents that the rows touched, as they stand now, some at a time. The rows' last position is the version of all of
 * them: they are loaded after the batch was read, so they are at least that new.
 */
export async function* loadParts(
  db: Queryable,
  projections: readonly Projection[],
  rows: OutboxRow[],
): AsyncGenerator<DocumentChange[]> {
  const last = rows.at(-1);
  if (!last) return;
  const version = positionOf(last.history, last);
  let waiting = new Map<string, DocumentChange>();
  let characters = 0;
  const pages = projections.map((projection) => projection.touched(db, rows));
  for await (const changes of loadTogether(pages, version)) {
    if (waiting.size > 0 && (waiting.size + changes.length > MAX_DOCUMENTS || characters > MAX_CHARACTERS)) {
      yield [...waiting.values()];
      waiting = new Map();
      characters = 0;
    }
    // What was loaded later is newer.
    for (const change of changes) {
      waiting.set(change.key, change);
      characters += 'body' in change ? change.body.length : 0;
    }
  }
  if (waiting.size > 0) yield [...waiting.values()];
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
