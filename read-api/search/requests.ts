import { FACETS, type Facet, type SearchSort } from '@eduplatform/contracts/search';
import type { FederatedMultiSearchParams, MultiSearchParams } from 'meilisearch';
import { filterExpression, type SearchFilters } from './filters.ts';
import type { HighlightTags } from './highlight.ts';

/** Names of the indexes in use. */
export interface IndexNames {
  courses: string;
  lessons: string;
}

export interface HitsRequest {
  q: string;
  filters: SearchFilters;
  sort: SearchSort;
  offset: number;
  limit: number;
}

/** Of equally good matches a course comes before a lesson. */
const WEIGHTS = { courses: 1, lessons: 0.9 };
/** Words around a match in a snippet. */
const SNIPPET_WORDS = 30;

const SORT_RULES: Record<SearchSort, string[]> = {
  relevance: [],
  rating: ['ratingScore:desc'],
  newest: ['publishedAt:desc'],
  updated: ['updatedAt:desc'],
  title: ['title:asc'],
  priceLow: ['priceAmount:asc'],
  priceHigh: ['priceAmount:desc'],
  shortest: ['durationMinutes:asc'],
};

/** Lessons have no price and no rating. */
const SORTS_OF_COURSES: readonly SearchSort[] = ['rating', 'priceLow', 'priceHigh'];

/** Without a query there is nothing that could be found in lessons. */
const includesLessons = ({ q, sort }: HitsRequest): boolean => q !== '' && !SORTS_OF_COURSES.includes(sort);

/** One federated search over courses and, where it makes sense, lessons. */
export function hitsRequest(names: IndexNames, request: HitsRequest, tags: HighlightTags): FederatedMultiSearchParams {
  const { q, filters, offset, limit } = request;
  // Everything matches an empty query equally well.
  const sort = SORT_RULES[q === '' && request.sort === 'relevance' ? 'newest' : request.sort];
  const filter = filterExpression(filters);
  const shared = {
    q,
    ...(filter !== null && { filter }),
    ...(sort.length > 0 && { sort }),
    highlightPreTag: tags.pre,
    highlightPostTag: tags.post,
  };
  const courses = {
    indexUid: names.courses,
    ...shared,
    attributesToRetrieve: ['id', 'card'],
    attributesToHighlight: ['title', 'subtitle'],
    federationOptions: { weight: WEIGHTS.courses },
  };
  const lessons = {
    indexUid: names.lessons,
    ...shared,
    attributesToRetrieve: ['id', 'courseId', 'courseSlug', 'courseTitle', 'ownerId', 'title', 'access'],
    // Naming the sections whole brings their headings and anchors along; only their text is cut.
    attributesToHighlight: ['title', 'sections'],
    attributesToCrop: ['sections.text'],
    cropLength: SNIPPET_WORDS,
    federationOptions: { weight: WEIGHTS.lessons },
  };
  return { federation: { offset, limit }, queries: includesLessons(request) ? [courses, lessons] : [courses] };
}

/**
 * The searches that count facets over courses. A facet that filters is counted without its own filter, by a search of
 * its own; the others share one. `facets[i]` are those that query `i` counts.
 */
export function facetsRequest(
  { courses }: IndexNames,
  q: string,
  filters: SearchFilters,
): { request: MultiSearchParams; facets: Facet[][] } {
  const free = FACETS.filter((facet) => !filters[facet]);
  const groups = [
    ...(free.length > 0 ? [free] : []),
    ...FACETS.filter((facet) => filters[facet]).map((facet) => [facet]),
  ];
  const queries = groups.map((facets) => {
    const [own] = facets;
    const filter = filterExpression(filters, own);
    return { indexUid: courses, q, ...(filter !== null && { filter }), limit: 0, facets };
  });
  return { request: { queries }, facets: groups };
}
