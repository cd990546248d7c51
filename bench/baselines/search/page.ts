import type { SearchPage, SearchQuery } from '@eduplatform/contracts/search';
import { decodeOffset, encodeCursor } from '../answers/cursor.ts';
import { facetsOf, type FacetRow } from './facets.ts';
import { hitOf, type Found } from './hits.ts';

/** How far search results can be paged through. */
const MAX_OFFSET = 1000;

/** Where a page of results lies. */
export interface Window {
  offset: number;
  limit: number;
}

/** Throws invalid_cursor. */
export function windowOf({ cursor, limit = 20 }: Pick<SearchQuery, 'cursor' | 'limit'>): Window {
  const offset = decodeOffset(cursor);
  return { offset, limit: Math.max(0, Math.min(limit, MAX_OFFSET - offset)) };
}

export interface Results {
  /** One more than the window holds when there are more. */
  found: readonly Found[];
  total: number;
  /** Empty where facets are not counted. */
  facets: readonly FacetRow[];
  /** What to mark. */
  matches: RegExp | null;
}

export function searchPage(query: SearchQuery, { offset, limit }: Window, results: Results): SearchPage {
  const { found, total, facets, matches } = results;
  const end = offset + limit;
  return {
    items: found.slice(0, limit).map((one) => hitOf(one, matches)),
    nextCursor: found.length > limit && end < MAX_OFFSET ? encodeCursor(end) : null,
    facets: facetsOf(facets, query),
    estimatedTotal: total,
    degraded: false,
  };
}
