import type { Queryable } from '@eduplatform/db/transaction';
import { withVersion } from '../projections/draft-change.ts';
import { loadDocuments } from '../projections/load-documents.ts';
import { sourceFor } from '../projections/registry.ts';
import type { Sink } from '../sinks/sink.ts';
import { compareEntries } from './compare.ts';
import { GiveUpError } from './give-up-error.ts';

const PAGE = 500;
const NAMED = 5;

interface Both {
  db: Queryable;
  live: Pick<Sink, 'held'>;
  next: Pick<Sink, 'held' | 'projections' | 'name'>;
  horizon: string;
}

/**
 * Looks at the documents that seemed to be behind once more, now that both generations stand at one position. What still
 * is must be as Postgres has it: then it is the generation in use that went astray. Throws GiveUpError otherwise.
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

async function wrongAmong(keys: readonly string[], { db, live, next, horizon }: Both): Promise<string[]> {
  const [inUse, coming] = [await live.held.find(keys), await next.held.find(keys)];
  const behind = keys.filter((key) => {
    const held = inUse.get(key);
    return held !== undefined && compareEntries(held, coming.get(key), horizon) === 'behind';
  });
  if (behind.length === 0) return [];
  const stands = await loadDocuments(db, next.projections, sourceFor(next.name), behind);
  const hashes = new Map(withVersion(stands, '').map((change) => [change.key, next.held.hashOf(change)]));
  return behind.filter((key) => (coming.get(key)?.hash ?? null) !== (hashes.get(key) ?? null));
}
