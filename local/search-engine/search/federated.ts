import { MeiliError } from '../errors.ts';
import { createHitMaker } from '../format/hits.ts';
import type { SearchIndex, StoredDocument } from '../index/search-index.ts';
import type { JsonObject } from '../json.ts';
import { executeSearch } from './execute.ts';
import {
  computeFacets,
  facetOrder,
  orderValues,
  type FacetDistribution,
  type Facets,
  type FacetStats,
} from './facets.ts';
import { checkFederatedQuery, readWeight, type FederatedQuery, type Federation } from './federation.ts';
import { inQuery } from './in-index.ts';
import { mergeLists, type RankedList } from './merge.ts';
import type { RankedDocument } from './order.ts';

interface Found extends RankedList {
  makeHit: (ranked: RankedDocument) => JsonObject;
}

function checkFacetIndexes(lists: readonly Found[], { facetsByIndex }: Federation): void {
  for (const uid of Object.keys(facetsByIndex)) {
    if (lists.some(({ index }) => index.uid === uid)) continue;
    const message = `Inside \`.federation.facetsByIndex.${uid}\`: Index \`${uid}\` not found.\n - Note: index \`${uid}\` is not used in queries`;
    throw new MeiliError('index_not_found', message, 400);
  }
}

function run(federated: FederatedQuery, position: number): Found {
  checkFederatedQuery(federated, position);
  const { index, query, options } = federated;
  const weight = readWeight(options, position);
  const outcome = inQuery(position, () => executeSearch(index, query, { wanted: Infinity, withScores: true }));
  return { index, position, weight, ranked: outcome.ranked, makeHit: createHitMaker(index, query, outcome) };
}

function facetsOf(lists: readonly Found[], federation: Federation): Map<SearchIndex, Facets> {
  const byIndex = new Map<SearchIndex, Facets>();
  for (const index of new Set(lists.map((list) => list.index))) {
    const patterns = federation.facetsByIndex[index.uid];
    if (patterns === undefined || patterns === null) continue;
    const documents = new Map<number, StoredDocument>();
    for (const { index: other, ranked } of lists) {
      if (other === index) for (const { document } of ranked) documents.set(document.number, document);
    }
    byIndex.set(index, computeFacets(patterns, [...documents.values()], index));
  }
  return byIndex;
}

function mergeFacets(byIndex: ReadonlyMap<SearchIndex, Facets>, limit: number | null): Facets {
  const distribution: FacetDistribution = {};
  const stats: FacetStats = {};
  const merged = new Map<string, { counts: Map<string, number>; index: SearchIndex }>();
  for (const [index, facets] of byIndex) {
    for (const [name, values] of Object.entries(facets.facetDistribution)) {
      const entry = merged.get(name) ?? { counts: new Map<string, number>(), index };
      merged.set(name, entry);
      for (const [value, count] of Object.entries(values))
        entry.counts.set(value, (entry.counts.get(value) ?? 0) + count);
    }
    for (const [name, { min, max }] of Object.entries(facets.facetStats)) {
      const known = stats[name];
      stats[name] = { min: Math.min(min, known?.min ?? min), max: Math.max(max, known?.max ?? max) };
    }
  }
  for (const [name, { counts, index }] of [...merged].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const entries = [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
    distribution[name] = orderValues(
      entries,
      facetOrder(index, name),
      limit ?? index.settings.faceting.maxValuesPerFacet,
    );
  }
  return { facetDistribution: distribution, facetStats: stats };
}

function facetAnswer(lists: readonly Found[], federation: Federation): JsonObject {
  const byIndex = facetsOf(lists, federation);
  if (byIndex.size === 0) return {};
  if (federation.mergeFacets !== null) {
    return mergeFacets(byIndex, federation.mergeFacets.maxValuesPerFacet) as unknown as JsonObject;
  }
  const facetsByIndex = Object.fromEntries(
    [...byIndex].map(([{ uid }, { facetDistribution, facetStats }]) => [
      uid,
      { distribution: facetDistribution, stats: facetStats },
    ]),
  );
  return { facetsByIndex };
}

/** Several searches merged into one list of hits, best first. */
export function federatedSearch(queries: readonly FederatedQuery[], federation: Federation): JsonObject {
  const started = performance.now();
  const lists = queries.map((query, at) => run(query, at));
  checkFacetIndexes(lists, federation);
  const merged = mergeLists(lists);
  const finite = federation.page !== null || federation.hitsPerPage !== null;
  const size = federation.hitsPerPage ?? 20;
  const page = federation.page ?? 1;
  const offset = finite ? Math.max(0, page - 1) * size : federation.offset;
  const limit = finite ? (page === 0 ? 0 : size) : federation.limit;
  const hits = merged.slice(offset, offset + limit).map(({ found, from }) => ({
    ...from.makeHit(found),
    _federation: {
      indexUid: from.index.uid,
      queriesPosition: from.position,
      weightedRankingScore: found.score * from.weight,
    },
  }));
  const total = merged.length;
  const totals: JsonObject = finite
    ? { hitsPerPage: size, page, totalPages: size === 0 ? 0 : Math.ceil(total / size), totalHits: total }
    : { limit, offset, estimatedTotalHits: total };
  return {
    hits,
    processingTimeMs: Math.round(performance.now() - started),
    ...totals,
    ...facetAnswer(lists, federation),
    requestUid: crypto.randomUUID(),
  };
}
