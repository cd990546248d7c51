import { createHitMaker } from '../format/hits.ts';
import type { SearchIndex } from '../index/search-index.ts';
import type { JsonObject } from '../json.ts';
import { executeSearch } from './execute.ts';
import { computeFacets, type Facets } from './facets.ts';
import type { SearchQuery } from './search-query.ts';

const milliseconds = (since: number): number => Math.round(performance.now() - since);

interface Page {
  offset: number;
  limit: number;
  /** Finite pagination was asked for: totals are exact. */
  finite: boolean;
}

function pageOf(query: SearchQuery, maxTotalHits: number): Page {
  const finite = query.page !== null || query.hitsPerPage !== null;
  const size = query.hitsPerPage ?? 20;
  const page = query.page ?? 1;
  const [from, count] = finite ? (page === 0 ? [0, 0] : [(page - 1) * size, size]) : [query.offset, query.limit];
  const offset = Math.min(from, maxTotalHits);
  return { offset, limit: Math.min(count, maxTotalHits - offset), finite };
}

function totals(query: SearchQuery, page: Page, total: number): JsonObject {
  if (!page.finite) return { limit: query.limit, offset: query.offset, estimatedTotalHits: total };
  const hitsPerPage = query.hitsPerPage ?? 20;
  return {
    hitsPerPage,
    page: query.page ?? 1,
    totalPages: hitsPerPage === 0 ? 0 : Math.ceil(total / hitsPerPage),
    totalHits: total,
  };
}

/** Runs one search and answers it as `POST /indexes/:uid/search` does. */
export function respondToSearch(index: SearchIndex, query: SearchQuery): JsonObject {
  const started = performance.now();
  const { maxTotalHits } = index.settings.pagination;
  const page = pageOf(query, maxTotalHits);
  const wanted = page.limit === 0 ? 0 : page.offset + page.limit;
  const outcome = executeSearch(index, query, { wanted, withScores: query.showRankingScore });
  const makeHit = createHitMaker(index, query, outcome);
  const hits = outcome.ranked.slice(page.offset, page.offset + page.limit).map(makeHit);
  const facets: Facets | undefined =
    query.facets === null
      ? undefined
      : computeFacets(
          query.facets,
          outcome.ranked.map(({ document }) => document),
          index,
        );
  return {
    hits,
    query: query.q ?? '',
    processingTimeMs: milliseconds(started),
    ...totals(query, page, outcome.ranked.length),
    ...(facets as unknown as JsonObject | undefined),
    requestUid: crypto.randomUUID(),
  };
}
