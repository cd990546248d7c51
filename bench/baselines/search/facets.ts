import { FACETS, type Facet, type SearchPage } from '@eduplatform/contracts/search';

/** How many courses that match have these values, whatever the filters are. */
export type FacetRow = Record<Facet, string> & { count: number };

/** Counts per value; each facet as if its own filter were not set. */
export function facetsOf(
  rows: readonly FacetRow[],
  filters: { [F in Facet]?: readonly string[] | undefined },
): SearchPage['facets'] {
  const counts: SearchPage['facets'] = { category: {}, language: {}, level: {}, price: {} };
  for (const row of rows) {
    const refusing = FACETS.filter((facet) => isSet(filters[facet]) && !filters[facet]?.includes(row[facet]));
    for (const facet of FACETS) {
      if (refusing.some((other) => other !== facet)) continue;
      counts[facet][row[facet]] = (counts[facet][row[facet]] ?? 0) + row.count;
    }
  }
  return counts;
}

const isSet = (values: readonly string[] | undefined): boolean => values !== undefined && values.length > 0;
