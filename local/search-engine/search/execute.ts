import { MeiliError } from '../errors.ts';
import { compileFilter } from '../filter/evaluate.ts';
import { parseFilterParameter } from '../filter/expression.ts';
import type { SearchIndex, StoredDocument } from '../index/search-index.ts';
import { filterablePatterns, filterableRule, isFilterable } from '../settings/rules.ts';
import { inIndex } from './in-index.ts';
import type { Matches } from './matches.ts';
import { cachedMatches } from './match-cache.ts';
import { orderDocuments, type RankedDocument } from './order.ts';
import type { SearchQuery } from './search-query.ts';
import { parseSort } from './sort.ts';

/** What a search finds, before it is cut to a page and formatted. */
export interface SearchOutcome {
  /** Best first; in full order at least up to `wanted`. */
  ranked: RankedDocument[];
  matches: Matches | null;
}

export interface ExecuteOptions {
  /** How many of the best are needed in order. */
  wanted: number;
  withScores: boolean;
}

function checkSearchOn(index: SearchIndex, attributes: readonly string[]): void {
  const { searchableAttributes } = index.settings;
  if (searchableAttributes.includes('*')) return;
  for (const attribute of attributes) {
    if (attribute === '*' || searchableAttributes.includes(attribute)) continue;
    throw new MeiliError(
      'invalid_search_attributes_to_search_on',
      `Index \`${index.uid}\`: Attribute \`${attribute}\` is not searchable. Available searchable attributes are: \`${[...searchableAttributes].sort().join(', ')}\`.`,
    );
  }
}

function checkDistinct(index: SearchIndex, attribute: string): void {
  const rule = filterableRule(index.settings, attribute);
  if (rule !== undefined && isFilterable(rule.features)) return;
  const patterns = filterablePatterns(index.settings);
  const hint =
    patterns.length === 0
      ? 'This index does not have configured filterable attributes.'
      : `Available filterable attributes patterns are: \`${patterns.join(', ')}\`.`;
  throw new MeiliError(
    'invalid_search_distinct',
    `Index \`${index.uid}\`: Attribute \`${attribute}\` is not filterable and thus, cannot be used as distinct attribute. ${hint}`,
  );
}

/** Keeps the first document of each value; documents without a value are all kept. */
function distinct(ranked: readonly RankedDocument[], attribute: string, index: SearchIndex): RankedDocument[] {
  const seen = new Set<string>();
  return ranked.filter(({ document }) => {
    const values = index.facets(document, attribute);
    const keys = [
      ...values.numbers.map((value) => `n${value}`),
      ...[...values.strings.keys()].map((value) => `s${value}`),
    ];
    if (keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return true;
  });
}

function candidates(index: SearchIndex, query: SearchQuery, matches: Matches | null): StoredDocument[] {
  const filter = parseFilterParameter(query.filter);
  const accepts = filter === null ? () => true : inIndex(index.uid, () => compileFilter(filter, index));
  if (matches === null) return [...index.documents()].filter(accepts);
  const found: StoredDocument[] = [];
  for (const number of matches.documents.keys()) {
    const document = index.byNumber(number);
    if (document !== undefined && accepts(document)) found.push(document);
  }
  return found.sort((left, right) => left.number - right.number);
}

/** Runs a search: match, filter, order, threshold, distinct. */
export function executeSearch(index: SearchIndex, query: SearchQuery, options: ExecuteOptions): SearchOutcome {
  if (query.attributesToSearchOn !== null) checkSearchOn(index, query.attributesToSearchOn);
  const distinctAttribute = query.distinct ?? index.settings.distinctAttribute;
  if (query.distinct !== null) checkDistinct(index, query.distinct);
  const sort = parseSort(query.sort, index);
  const matches = cachedMatches(index, {
    query: query.q ?? '',
    strategy: query.matchingStrategy,
    attributesToSearchOn: query.attributesToSearchOn,
  });
  const threshold = query.rankingScoreThreshold;
  const withScores = options.withScores || threshold !== null;
  const wanted = distinctAttribute === null && threshold === null ? options.wanted : Infinity;
  let ranked = orderDocuments(index, candidates(index, query, matches), matches, sort, { wanted, withScores });
  if (threshold !== null) ranked = ranked.filter(({ score }) => score >= threshold);
  if (distinctAttribute !== null) ranked = distinct(ranked, distinctAttribute, index);
  return { ranked, matches };
}
