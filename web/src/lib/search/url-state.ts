import { LANGUAGES, LEVELS } from '@eduplatform/contracts/primitives';
import { FACETS, SEARCH_SORTS, type Facet, type SearchSort } from '@eduplatform/contracts/search';

/** What the catalog shows, as its address says: the address is the state, with and without JavaScript. */
export interface SearchState {
  q: string;
  facets: Record<Facet, string[]>;
  sort: SearchSort;
  cursor: string | null;
}

const MAX_QUERY = 200;
const MAX_VALUES = 20;
const MAX_CURSOR = 400;

const isAllowed: Record<Facet, (value: string) => boolean> = {
  category: (value) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value) && value.length <= 80,
  language: (value) => LANGUAGES.some((language) => language === value),
  level: (value) => LEVELS.some((level) => level === value),
  price: (value) => value === 'free' || value === 'paid',
};

/** Reads the address; whatever it says that we do not know is left out rather than refused. */
export function parseSearch(parameters: URLSearchParams): SearchState {
  const valuesOf = (facet: Facet): string[] =>
    [...new Set(parameters.getAll(facet))].filter(isAllowed[facet]).slice(0, MAX_VALUES);
  const sort = parameters.get('sort');
  const cursor = parameters.get('cursor');
  return {
    q: (parameters.get('q') ?? '').replace(/\s+/g, ' ').trim().slice(0, MAX_QUERY),
    facets: {
      category: valuesOf('category'),
      language: valuesOf('language'),
      level: valuesOf('level'),
      price: valuesOf('price'),
    },
    sort: SEARCH_SORTS.find((known) => known === sort) ?? 'relevance',
    cursor: cursor && cursor.length <= MAX_CURSOR ? cursor : null,
  };
}

/** The address's query in a fixed order, without what is default; begins with `?` or is empty. */
export function searchParameters(state: SearchState): string {
  const parameters = new URLSearchParams();
  if (state.q) parameters.set('q', state.q);
  for (const facet of FACETS) {
    for (const value of [...state.facets[facet]].sort()) parameters.append(facet, value);
  }
  if (state.sort !== 'relevance') parameters.set('sort', state.sort);
  if (state.cursor) parameters.set('cursor', state.cursor);
  const text = parameters.toString();
  return text && `?${text}`;
}

/** Changing what is searched starts again from the first results. */
export const withQuery = (state: SearchState, q: string): SearchState => ({ ...state, q, cursor: null });

export const withSort = (state: SearchState, sort: SearchSort): SearchState => ({ ...state, sort, cursor: null });

export const withoutFacets = (state: SearchState): SearchState => ({
  ...state,
  facets: { category: [], language: [], level: [], price: [] },
  cursor: null,
});

/** Adds the value to its facet, or takes it away. */
export function toggleFacet(state: SearchState, facet: Facet, value: string): SearchState {
  const values = state.facets[facet];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return { ...state, facets: { ...state.facets, [facet]: next }, cursor: null };
}

export const activeFacets = (state: SearchState): { facet: Facet; value: string }[] =>
  FACETS.flatMap((facet) => state.facets[facet].map((value) => ({ facet, value })));

/** The query of `GET /v1/search` for this state. */
export function apiQuery(
  state: SearchState,
  limit: number,
): Record<string, string | number | readonly string[] | undefined> {
  return {
    q: state.q,
    ...state.facets,
    // Without words every match is equal, and the newest courses say most.
    sort: state.sort === 'relevance' && !state.q ? 'newest' : state.sort,
    limit,
    cursor: state.cursor ?? undefined,
  };
}
