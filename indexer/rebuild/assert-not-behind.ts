import type { Queryable } from '@eduplatform/db/transaction';
import { withVersion } from '../projections/draft-change.ts';
import { loadDocuments } from '../projections/load-documents.ts';
import { sourceFor } from '../projections/registry.ts';
import type { Sink } from '../sinks/sink.ts';
import type { Cursor } from '../source/outbox-row.ts';
import { rowsAfter } from '../source/rows-after.ts';
import { compareEntries } from './compare.ts';
import { GiveUpError } from './give-up-error.ts';

const PAGE = 500;
const NAMED = 5;
/** More have to wait for the next attempt: while they are looked at, the stream stands still. */
const MAX_ROWS = 5_000;

interface Both {
  db: Queryable;
  live: Pick<Sink, 'held'>;
  next: Pick<Sink, 'held' | 'projections' | 'name'>;
  horizon: string;
  /** Where both stand. */
  history: number;
  cursor: Cursor;
}

/**
 * Looks at the documents that seemed to be behind once more, now that both generations stand at one position. What still
 * is must be as Postgres has it, and then it is the generation in use that went astray; or it was changed since, and will
 * be written again. Throws GiveUpError otherwise.
 */
export async function assertNotBehind(suspects: readonly string[], both: Both): Promise<void> {
  const wrong: string[] = [];
  for (let start = 0; start < suspects.length; start += PAGE) {
    wrong.push(...(await wrongAmong(suspects.slice(start, start + PAGE), both)));
  }
  if (wrong.length === 0) return;
  const named = wrong.slice(0, NAMED).join(', ');
  throw new GiveUpError(`${wrong.length} documents of the next generation are behind, such as ${named}`);
}

async function wrongAmong(keys: readonly string[], both: Both): Promise<string[]> {
  const { db, live, next, horizon } = both;
  const [inUse, coming] = [await live.held.find(keys), await next.held.find(keys)];
  const behind = keys.filter((key) => {
    const held = inUse.get(key);
    return held !== undefined && compareEntries(held, coming.get(key), horizon) === 'behind';
  });
  if (behind.length === 0) return [];
  const stands = await loadDocuments(db, next.projections, sourceFor(next.name), behind);
  const hashes = new Map(withVersion(stands, '').map((change) => [change.key, next.held.hashOf(change)]));
  const otherwise = behind.filter((key) => (coming.get(key)?.hash ?? null) !== (hashes.get(key) ?? null));
  if (otherwise.length === 0) return [];
  const changed = await changedSince(both);
  return otherwise.filter((key) => !changed.has(key));
}

/** Keys that the stream will come to. Whatever was loaded above was committed with its row of the outbox. */
async function changedSince({ db, next, history, cursor }: Both): Promise<Set<string>> {
  const rows = await rowsAfter(db, { history, cursor }, MAX_ROWS);
  if (rows.length === MAX_ROWS) throw new Error('too much was written while the two generations were compared');
  const keys = new Set<string>();
  for (const projection of next.projections) {
    for await (const page of projection.touched(db, rows)) for (const { key } of await page.load()) keys.add(key);
  }
  return keys;
}
