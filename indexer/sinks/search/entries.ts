import type { Meilisearch } from 'meilisearch';
import { parseSearchKey, searchKey } from '../../projections/courses/search-documents.ts';
import { contentHash } from '../content-hash.ts';
import type { HeldEntry, HeldView } from '../held-view.ts';
import { heldDocuments } from './held.ts';

const PAGE = 1000;
/** Pages overlap, so that a few deletions between two of them hide nothing. */
const OVERLAP = 100;

interface Listed {
  id: string;
  v?: string;
  h?: string;
}

interface ListedTombstone extends Listed {
  index: 'courses' | 'lessons';
}

type NameOf = (kind: 'courses' | 'lessons' | 'meta') => string;

/** A look into the generation that is open. */
export const searchView = (client: Meilisearch, nameOf: NameOf): HeldView => ({
  entries: () => listEntries(client, nameOf),
  find: (keys) => findEntries(client, nameOf, keys),
  hashOf: (change) => ('tombstone' in change ? null : contentHash(change.body)),
});

async function findEntries(
  client: Meilisearch,
  nameOf: NameOf,
  keys: readonly string[],
): Promise<Map<string, HeldEntry>> {
  const found = new Map<string, HeldEntry>();
  for (const kind of ['courses', 'lessons'] as const) {
    const ids = keys.map(parseSearchKey).flatMap(({ index, id }) => (index === kind ? [id] : []));
    for (const { id, v, h = '' } of (await heldDocuments(client, nameOf(kind), ids)).values()) {
      found.set(searchKey(kind, id), { key: searchKey(kind, id), version: v, hash: h });
    }
    const gone = ids.filter((id) => !found.has(searchKey(kind, id)));
    const buried = await heldDocuments(
      client,
      nameOf('meta'),
      gone.map((id) => `${kind}-${id}`),
    );
    for (const { id, v } of buried.values()) {
      const key = searchKey(kind, id.slice(kind.length + 1));
      found.set(key, { key, version: v, hash: null });
    }
  }
  return found;
}

/** Every document and tombstone of a generation, a page at a time; some come twice. */
async function* listEntries(client: Meilisearch, nameOf: NameOf): AsyncGenerator<HeldEntry[]> {
  for (const kind of ['courses', 'lessons'] as const) {
    for await (const page of pages<Listed>(client, nameOf(kind), { fields: ['id', 'v', 'h'] })) {
      yield page.map(({ id, v = '', h = '' }) => ({ key: searchKey(kind, id), version: v, hash: h }));
    }
  }
  const buried = { fields: ['id', 'index', 'v'], filter: 'kind = "tombstone"' };
  for await (const page of pages<ListedTombstone>(client, nameOf('meta'), buried)) {
    yield page.map(({ id, index, v = '' }) => ({
      key: searchKey(index, id.slice(index.length + 1)),
      version: v,
      hash: null,
    }));
  }
}

interface Answer<T> {
  results: T[];
  total: number;
}

async function* pages<T>(client: Meilisearch, index: string, body: Record<string, unknown>): AsyncGenerator<T[]> {
  let total = 0;
  for (let offset = 0; ;) {
    const answer = await client.httpRequest.post<Answer<T>>({
      path: `indexes/${index}/documents/fetch`,
      body: { ...body, offset, limit: PAGE },
    });
    if (answer.results.length > 0) yield answer.results;
    if (answer.results.length < PAGE) return;
    // Where more went than the overlap makes up for, it goes back by as much.
    const gone = Math.max(0, total - answer.total);
    total = answer.total;
    offset = Math.max(0, offset + PAGE - OVERLAP - Math.max(0, gone - OVERLAP));
  }
}
