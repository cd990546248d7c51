import { FACETS, type Facet, type SearchQuery } from '@eduplatform/contracts/search';
import { filterValue } from '@eduplatform/contracts/search-index';

/** The values that each attribute is limited to. */
export type SearchFilters = Partial<Record<Facet, readonly string[]>>;

/** The filters of a query that are set, each value once and in a fixed order. */
export const filtersOf = (query: Pick<SearchQuery, Facet>): SearchFilters =>
  Object.fromEntries(
    FACETS.flatMap((facet) => {
      const values = [...new Set(query[facet] ?? [])].sort();
      return values.length > 0 ? [[facet, values]] : [];
    }),
  );

/** A filter expression, or null when nothing is filtered. `without` leaves one attribute's own filter out. */
export function filterExpression(filters: SearchFilters, without?: Facet): string | null {
  const conditions = FACETS.flatMap((facet) => {
    const values = facet === without ? undefined : filters[facet];
    return values ? [`${facet} IN [${values.map(filterValue).join(', ')}]`] : [];
  });
  return conditions.length > 0 ? conditions.join(' AND ') : null;
}
