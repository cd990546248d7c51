import { isDeepStrictEqual } from 'node:util';
import type { Meilisearch } from 'meilisearch';
import { isPosition } from '@eduplatform/contracts/positions';
import { searchIndexName } from '@eduplatform/contracts/search-index';
import { parseSearchKey, searchKey } from '../projections/courses/search-documents.ts';
import type { Unversioned } from '../projections/draft-change.ts';
import { contentHash } from '../sinks/content-hash.ts';
import { createSearchClient } from '../sinks/search/client.ts';
import type { Difference, Inspector } from './inspector.ts';

/** Documents asked for at once: lessons are large. */
const PAGE = 200;
const ID_PAGE = 1000;
const KINDS = ['courses', 'lessons'] as const;
type Kind = (typeof KINDS)[number];

interface Held {
  id: string;
  v?: unknown;
  h?: unknown;
}

export interface SearchPlace {
  url: string;
  masterKey: string;
  indexPrefix: string;
  generation: number;
  epoch: number;
}

/** Looks into the indexes of one generation, under the names that this epoch's leader gave them. */
export class SearchInspector implements Inspector {
  readonly readModel = 'search';
  readonly #client: Meilisearch;
  readonly #place: SearchPlace;

  constructor(place: SearchPlace) {
    this.#place = place;
    this.#client = createSearchClient(place.url, place.masterKey);
  }

  async compare(expected: readonly Unversioned[], limit: () => Promise<string>): Promise<(Difference | null)[]> {
    const held = new Map<string, Held>();
    for (const kind of KINDS) {
      const ids = expected.map(({ key }) => parseSearchKey(key)).filter(({ index }) => index === kind);
      for (let start = 0; start < ids.length; start += PAGE) {
        const page = ids.slice(start, start + PAGE).map(({ id }) => id);
        const { results } = await this.#fetch<Held>(kind, { ids: page, limit: page.length });
        for (const document of results) held.set(searchKey(kind, document.id), document);
      }
    }
    const last = await limit();
    return expected.map((change) => judge(change, held.get(change.key), last));
  }

  async count(): Promise<number> {
    const counts = await Promise.all(KINDS.map((kind) => this.#fetch(kind, { limit: 0, fields: ['id'] })));
    return counts.reduce((sum, { total }) => sum + total, 0);
  }

  async *unknownKeys(isKnown: (key: string) => boolean, onLooked: (documents: number) => void) {
    for (const kind of KINDS) {
      let total = 0;
      for (let offset = 0; ;) {
        const page = await this.#fetch<Held>(kind, { offset, limit: ID_PAGE, fields: ['id'] });
        // When documents were deleted meanwhile, those behind them moved up.
        const moved = Math.max(0, total - page.total);
        if (moved > 0 && offset > 0) {
          total = page.total;
          offset = Math.max(0, offset - moved);
          continue;
        }
        total = page.total;
        const unknown = page.results.map(({ id }) => searchKey(kind, id)).filter((key) => !isKnown(key));
        onLooked(page.results.length);
        if (unknown.length > 0) yield unknown;
        offset += page.results.length;
        if (page.results.length === 0 || offset >= page.total) break;
      }
    }
  }

  async close(): Promise<void> {}

  #fetch<T>(kind: Kind, body: object): Promise<{ results: T[]; total: number }> {
    const { indexPrefix, generation, epoch } = this.#place;
    const index = searchIndexName(indexPrefix, kind, generation, epoch);
    return this.#client.httpRequest.post({ path: `indexes/${index}/documents/fetch`, body });
  }
}

/** How a document of an index differs from what is expected under its key. */
export function judge(expected: Unversioned, held: Held | undefined, limit: string): Difference | null {
  if ('tombstone' in expected) return held ? 'surplus' : null;
  if (!held) return 'missing';
  const { v, h, ...content } = held;
  if (h !== contentHash(expected.body)) return 'different';
  // The engine keeps fields in an order of its own.
  if (!isDeepStrictEqual(content, JSON.parse(expected.body))) return 'damaged';
  return isPosition(v) && v <= limit ? null : 'ahead';
}
