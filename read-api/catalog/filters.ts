import { catalogList, type CatalogMember, type CatalogSort, type ListDimension } from '@eduplatform/contracts/catalog';

/** Values that a course must have; of several values of one attribute, any. Absent or empty: all courses. */
export interface CatalogFilters {
  category?: readonly string[];
  language?: readonly string[];
  level?: readonly string[];
  price?: readonly string[];
}

export const FILTERED = ['category', 'language', 'level', 'price'] as const;

/** The filters that are set. */
export const activeFilters = (
  filters: CatalogFilters,
): { attribute: (typeof FILTERED)[number]; values: readonly string[] }[] =>
  FILTERED.flatMap((attribute) => {
    const values = filters[attribute];
    return values && values.length > 0 ? [{ attribute, values }] : [];
  });

/** Lists of which each holds every course that the filters let through. */
export function candidateLists(filters: CatalogFilters, sort: CatalogSort): [string, ...string[]] {
  const lists = activeFilters(filters)
    .filter(({ values }) => values.length === 1)
    .map(({ attribute, values }) => catalogList(`${attribute}=${values[0]}` as ListDimension, sort));
  const [first, ...rest] = lists;
  return first === undefined ? [catalogList('all', sort)] : [first, ...rest];
}

/** Whether a course passes every filter, by the attributes that its list member carries. */
export const passes = (member: CatalogMember, filters: CatalogFilters): boolean =>
  activeFilters(filters).every(({ attribute, values }) => values.includes(member[attribute]));
