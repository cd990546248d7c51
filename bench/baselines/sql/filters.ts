import type { SearchQuery } from '@eduplatform/contracts/search';

/** What courses `c` can be filtered by; of several values any. */
export type Filters = {
  [Name in 'category' | 'language' | 'level' | 'price']?: string | SearchQuery[Name] | undefined;
};

/** How a price is asked for. */
export interface PriceConditions {
  free: string;
  paid: string;
}

/** Conditions, each with `and` before it, for the filters that are set. Adds their values to `values`. */
export function filterConditions(
  { category, language, level, price }: Filters,
  { free, paid }: PriceConditions,
  values: unknown[],
): string {
  const anyOf = (column: string, wanted: string | readonly string[] | undefined): string => {
    const all = [wanted ?? []].flat();
    if (all.length === 0) return '';
    values.push(all.length === 1 ? all[0] : all);
    return all.length === 1 ? ` and ${column} = $${values.length}` : ` and ${column} = any($${values.length})`;
  };
  const prices = new Set([price ?? []].flat());
  const ofPrice = prices.size === 1 ? ` and ${prices.has('free') ? free : paid}` : '';
  return anyOf('c.category_slug', category) + anyOf('c.language', language) + anyOf('c.level', level) + ofPrice;
}
