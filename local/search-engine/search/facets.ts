import { MeiliError } from '../errors.ts';
import type { SearchIndex, StoredDocument } from '../index/search-index.ts';
import { filterablePatterns, filterableRule, isFilterable, isWithin, matchesPattern } from '../settings/rules.ts';
import type { FacetOrder } from '../settings/settings.ts';

export type FacetDistribution = Record<string, Record<string, number>>;
export type FacetStats = Record<string, { min: number; max: number }>;

export interface Facets {
  facetDistribution: FacetDistribution;
  facetStats: FacetStats;
}

const overlap = (left: string, right: string): boolean =>
  matchesPattern(left, right) || matchesPattern(right, left) || isWithin(left, right) || isWithin(right, left);

function checkPattern(pattern: string, index: SearchIndex): void {
  const patterns = filterablePatterns(index.settings);
  if (patterns.some((allowed) => overlap(allowed, pattern))) return;
  const hint =
    patterns.length === 0
      ? 'This index does not have configured filterable attributes.'
      : `Available filterable attributes patterns are: \`${patterns.join(', ')}\`.`;
  throw new MeiliError(
    'invalid_search_facets',
    `Invalid facet distribution: Pattern \`${pattern}\` is not filterable. ${hint}`,
  );
}

/** The fields of the documents that are meant, those nested in a named one included. */
const attributesOf = (patterns: readonly string[], index: SearchIndex): string[] =>
  [...index.fields()]
    .filter((field) => patterns.some((pattern) => matchesPattern(pattern, field) || isWithin(field, pattern)))
    .filter((field) => {
      const rule = filterableRule(index.settings, field);
      return rule !== undefined && isFilterable(rule.features);
    })
    .sort();

interface Counts {
  numbers: Map<number, number>;
  strings: Map<string, { label: string; count: number }>;
}

function countValues(attribute: string, documents: readonly StoredDocument[], index: SearchIndex): Counts {
  const counts: Counts = { numbers: new Map(), strings: new Map() };
  for (const document of documents) {
    const values = index.facets(document, attribute);
    for (const value of values.numbers) counts.numbers.set(value, (counts.numbers.get(value) ?? 0) + 1);
    for (const [folded, label] of values.strings) {
      if (label === '') continue;
      const known = counts.strings.get(folded);
      if (known === undefined) counts.strings.set(folded, { label, count: 1 });
      else known.count += 1;
    }
  }
  return counts;
}

/** Values in the order asked for: numbers first, then text; by count, ties in that order. */
export function orderValues(entries: [string, number][], order: FacetOrder, limit: number): Record<string, number> {
  if (order === 'count') entries.sort(([, left], [, right]) => right - left);
  return Object.fromEntries(entries.slice(0, limit));
}

const listed = (counts: Counts): [string, number][] => [
  ...[...counts.numbers]
    .sort(([left], [right]) => left - right)
    .map(([value, count]): [string, number] => [String(value), count]),
  ...[...counts.strings]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, { label, count }]): [string, number] => [label, count]),
];

export const facetOrder = (index: SearchIndex, attribute: string): FacetOrder => {
  const orders = index.settings.faceting.sortFacetValuesBy;
  return orders[attribute] ?? orders['*'] ?? 'alpha';
};

/** Counts facet values among the documents found; throws `invalid_search_facets`. */
export function computeFacets(
  patterns: readonly string[],
  documents: readonly StoredDocument[],
  index: SearchIndex,
): Facets {
  for (const pattern of patterns) checkPattern(pattern, index);
  const result: Facets = { facetDistribution: {}, facetStats: {} };
  for (const attribute of attributesOf(patterns, index)) {
    const counts = countValues(attribute, documents, index);
    const { maxValuesPerFacet } = index.settings.faceting;
    result.facetDistribution[attribute] = orderValues(listed(counts), facetOrder(index, attribute), maxValuesPerFacet);
    const numbers = [...counts.numbers.keys()];
    if (numbers.length > 0) {
      const [min, max] = numbers.reduce(
        ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
        [Infinity, -Infinity],
      );
      result.facetStats[attribute] = { min: min ?? 0, max: max ?? 0 };
    }
  }
  return result;
}
