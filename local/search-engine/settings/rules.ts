import type { FilterableAttribute, FilterableFeatures, Settings } from './settings.ts';

/** Which attributes may be filtered, faceted and sorted. */

const PLAIN_FEATURES: FilterableFeatures = { facetSearch: true, filter: { equality: true, comparison: true } };

/** Is `path` the attribute itself or something nested in it? */
export const isWithin = (path: string, attribute: string): boolean =>
  path === attribute || path.startsWith(`${attribute}.`);

/** Patterns of attributes: `*` at either end stands for anything. */
export function matchesPattern(pattern: string, path: string): boolean {
  if (pattern === '*') return true;
  const open = pattern.startsWith('*');
  const close = pattern.endsWith('*');
  if (open && close) return path.includes(pattern.slice(1, -1));
  if (open) return path.endsWith(pattern.slice(1));
  if (close) return path.startsWith(pattern.slice(0, -1));
  return pattern === path;
}

const ruleMatches = (rule: FilterableAttribute, path: string): boolean =>
  typeof rule === 'string'
    ? rule === '*' || isWithin(path, rule)
    : rule.attributePatterns.some((pattern) => matchesPattern(pattern, path));

const featuresOf = (rule: FilterableAttribute): FilterableFeatures =>
  typeof rule === 'string' ? PLAIN_FEATURES : rule.features;

export const isFilterable = (features: FilterableFeatures): boolean =>
  features.filter.equality || features.filter.comparison;

/** The first rule for this attribute decides. */
export function filterableRule(
  settings: Settings,
  path: string,
): { index: number; features: FilterableFeatures } | undefined {
  const index = settings.filterableAttributes.findIndex((rule) => ruleMatches(rule, path));
  const rule = settings.filterableAttributes[index];
  return rule === undefined ? undefined : { index, features: featuresOf(rule) };
}

/** The patterns named in messages about attributes that cannot be filtered. */
export const filterablePatterns = (settings: Settings): string[] =>
  [
    ...new Set(
      settings.filterableAttributes
        .filter((rule) => isFilterable(featuresOf(rule)))
        .flatMap((rule) => (typeof rule === 'string' ? [rule] : rule.attributePatterns)),
    ),
  ].sort();

export const isSortable = (settings: Settings, path: string): boolean =>
  settings.sortableAttributes.some((attribute) => attribute === '*' || isWithin(path, attribute));
