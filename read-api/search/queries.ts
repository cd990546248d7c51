import type { SearchPage, SearchQuery } from '@eduplatform/contracts/search';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import { decodeCursor, encodeCursor } from '../answers/cursor.ts';
import { queryHash } from '../answers/query-hash.ts';
import { degradedAnswers } from '../metrics.ts';
import type { Read } from '../read-model/read.ts';
import { searchCatalog } from './degraded.ts';
import { SearchUnavailableError } from './unavailable.ts';
import { filtersOf } from './filters.ts';
import { find, type FinderDependencies } from './found.ts';
import { formatSearchPlace, MAX_OFFSET, parseSearchPlace, type SearchPlace } from './place.ts';

/** One page of search results: from the search engine, or (degraded) from the catalog. Throws invalid_cursor. */
export async function searchPage(
  dependencies: FinderDependencies,
  read: Read,
  query: SearchQuery,
  user: AccessTokenClaims | null,
): Promise<SearchPage> {
  const { sort = 'relevance', limit = 20, cursor } = query;
  const q = normalizedQuery(query.q ?? '');
  const filters = filtersOf(query);
  const hash = queryHash('search', q, sort, filters);
  const place: SearchPlace = cursor === undefined ? { offset: 0 } : parseSearchPlace(decodeCursor(cursor, hash));
  const nextCursor = (next: SearchPlace | null): string | null => next && encodeCursor(hash, formatSearchPlace(next));

  const degraded = async (): Promise<SearchPage> => {
    // A walk that began in the search engine cannot go on in the catalog.
    if ('offset' in place && place.offset > 0) return { ...NOTHING, nextCursor: null };
    const from = 'catalog' in place ? place.catalog : null;
    const { page, next } = await searchCatalog(dependencies.documents, read, { q, filters, sort, limit, from });
    return { ...page, nextCursor: nextCursor(next === null ? null : { catalog: next }) };
  };

  // A walk that began in the catalog goes on there.
  if ('catalog' in place) return degraded();
  const { offset } = place;
  try {
    const bounded = Math.min(limit, MAX_OFFSET - offset);
    const found = await find(dependencies, read, { q, filters, sort, offset, limit: bounded }, user);
    read.saw(found.mark);
    const { items, facets, estimatedTotal, hasMore } = found;
    const end = offset + bounded;
    const next = hasMore && end < MAX_OFFSET ? { offset: end } : null;
    return { items, nextCursor: nextCursor(next), facets, estimatedTotal, degraded: false };
  } catch (error) {
    if (!(error instanceof SearchUnavailableError)) throw error;
    degradedAnswers.inc({ reason: error.reason });
    return degraded();
  }
}

const NOTHING = {
  items: [],
  facets: { category: {}, language: {}, level: {}, price: {} },
  estimatedTotal: 0,
  degraded: true,
};

/** Without control characters, which no document contains, and without needless white space. */
const normalizedQuery = (q: string): string => q.replace(/[\p{Cc}\s]+/gu, ' ').trim();
