import type { SearchPage, SearchQuery } from '@eduplatform/contracts/search';
import { decodeOffset, encodeCursor } from '../answers/cursor.ts';
import type { Reader } from '../http/reads.ts';
import { facetsOf, NO_FACETS, type FacetRow } from './facets.ts';
import { hitOf, type HitRow } from './hits.ts';

/** How far search results can be paged through. */
export const MAX_OFFSET = 1000;

export interface Searching {
  query: SearchQuery;
  reader: Reader;
  /** At most `limit` of what was found, from `offset` on. */
  hits(limit: number, offset: number): Promise<HitRow[]>;
  /** Absent: facets are not counted. */
  facets?: () => Promise<FacetRow[]>;
  /** What to mark in these hits. */
  matchesIn(rows: readonly HitRow[]): RegExp | null;
}

/** A page of search results. Throws invalid_cursor. */
export async function searchPage({ query, reader, hits, facets, matchesIn }: Searching): Promise<SearchPage> {
  const offset = decodeOffset(query.cursor);
  const limit = Math.max(0, Math.min(query.limit ?? 20, MAX_OFFSET - offset));
  const [rows, counts] = await Promise.all([hits(limit + 1, offset), facets?.()]);
  const matches = matchesIn(rows);
  const end = offset + limit;
  return {
    items: rows.slice(0, limit).map((row) => hitOf(row, reader, matches)),
    nextCursor: rows.length > limit && end < MAX_OFFSET ? encodeCursor(end) : null,
    facets: counts ? facetsOf(counts, query) : NO_FACETS,
    estimatedTotal: rows[0]?.total ?? 0,
    degraded: false,
  };
}
