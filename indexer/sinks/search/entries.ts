import type { Meilisearch } from 'meilisearch';
import { searchKey } from '../../projections/courses/search-documents.ts';
import type { HeldEntry } from '../../rebuild/compare.ts';

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

export type NameOf = (kind: 'courses' | 'lessons' | 'meta') => string;

/** Every document and tombstone of a generation, a page at a time; some come twice. */
export async function* listEntries(client: Meilisearch, nameOf: NameOf): AsyncGenerator<HeldEntry[]> {
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
