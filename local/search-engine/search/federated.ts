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
import type { RankedDocument } from './order.ts';

interface Found {
  index: SearchIndex;
  position: number;
  weight: number;
  ranked: RankedDocument[];
  makeHit: (ranked: RankedDocument) => JsonObject;
}

function run(federated: FederatedQuery, position: number): Found {
  checkFederatedQuery(federated, position);
  const { index, query, options } = federated;
  const weight = readWeight(options, position);
  const outcome = executeSearch(index, query, { wanted: Infinity, withScores: true });
  return { index, position, weight, ranked: outcome.ranked, makeHit: createHitMaker(index, query, outcome) };
}

interface Merged extends RankedDocument {
  from: Found;
}

/** Merges the lists by weighted score without changing the order within one; a document found twice counts once. */
function merge(lists: readonly Found[]): Merged[] {
  const seen = new Map<SearchIndex, Set<number>>();
  const next = lists.map(() => 0);
  const merged: Merged[] = [];
  for (;;) {
    let best: { list: Found; ranked: RankedDocument; score: number } | undefined;
    for (const [at, list] of lists.entries()) {
      const ranked = list.ranked[next[at] ?? 0];
      const score = (ranked?.score ?? 0) * list.weight;
      if (ranked !== undefined && (best === undefined || score > best.score)) best = { list, ranked, score };
    }
    if (best === undefined) return merged;
    const { list, ranked } = best;
    next[lists.indexOf(list)] = (next[lists.indexOf(list)] ?? 0) + 1;
    const known = seen.get(list.index) ?? new Set();
    seen.set(list.index, known);
    if (known.has(ranked.document.number)) continue;
    known.add(ranked.document.number);
    merged.push({ ...ranked, from: list });
  }
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
  const lists = queries.map(run);
  const merged = merge(lists);
  const finite = federation.page !== null || federation.hitsPerPage !== null;
  const size = federation.hitsPerPage ?? 20;
  const page = federation.page ?? 1;
  const offset = finite ? Math.max(0, page - 1) * size : federation.offset;
  const limit = finite ? (page === 0 ? 0 : size) : federation.limit;
  const hits = merged.slice(offset, offset + limit).map(({ document, score, from }) => ({
    ...from.makeHit({ document, score }),
    _federation: {
      indexUid: from.index.uid,
      queriesPosition: from.position,
      weightedRankingScore: score * from.weight,
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
