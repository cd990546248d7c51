import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import { FACETS, type SearchHit, type SearchPage } from '@eduplatform/contracts/search';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import type { DocumentStore } from '../read-model/document-store.ts';
import type { DirectReader } from '../read-model/direct-reader.ts';
import type { Read } from '../read-model/read.ts';
import type { SearchEngine } from './engine.ts';
import { courseStanding, enrolledCourses, lessonStanding } from './entitlement.ts';
import type { HighlightTags } from './highlight.ts';
import { courseHit, lessonHit, type FoundCourse, type FoundLesson } from './hits.ts';
import type { SearchClient } from './search-server.ts';
import { facetsRequest, hitsRequest, type HitsRequest, type IndexNames } from './requests.ts';

export interface Found {
  items: SearchHit[];
  facets: SearchPage['facets'];
  estimatedTotal: number;
  hasMore: boolean;
  /** Where the index stood that was searched. */
  mark: SinkWatermark | null;
}

export interface FinderDependencies {
  engine: SearchEngine;
  documents: DocumentStore;
  direct: DirectReader;
  tags: HighlightTags;
}

/**
 * Asks the search engine for hits and facets, and Redis what it says of each hit: those not published any more are left
 * out. Throws SearchUnavailableError.
 */
export async function find(
  { engine, documents, direct, tags }: FinderDependencies,
  read: Read,
  request: HitsRequest,
  user: AccessTokenClaims | null,
): Promise<Found> {
  // One more than wanted tells whether there is a next page.
  const oneMore = { ...request, limit: request.limit + 1 };
  const searched = await engine.run(read.wanted, (client, names) =>
    Promise.all([client.multiSearch(hitsRequest(names, oneMore, tags)), countFacets(client, names, request)]),
  );
  const [answer, facets] = searched.answer;
  const found = answer.hits.slice(0, request.limit) as unknown as (FoundCourse | FoundLesson)[];
  const keys = found.map((hit) => `${'card' in hit ? 'courses' : 'lessons'}:${hit.id}`);
  if (keys.some(searched.isOld)) read.sawOldCopy();
  const coursesOfLessons = found.flatMap((hit) => ('card' in hit ? [] : [hit.courseId]));
  const enrolled = enrolledCourses(direct, read, user, coursesOfLessons);
  const shown = async (hit: FoundCourse | FoundLesson): Promise<SearchHit | null> => {
    if ('card' in hit) return (await courseStanding(documents, read, hit.id)) && courseHit(hit, tags);
    const standing = await lessonStanding(documents, read, hit, enrolled);
    return standing && lessonHit(hit, user, standing, tags);
  };
  const items = await Promise.all(found.map(shown));
  const estimatedTotal = Number(answer.estimatedTotalHits ?? found.length);
  return {
    items: items.filter((item) => item !== null),
    facets,
    estimatedTotal,
    hasMore: answer.hits.length > request.limit,
    mark: searched.mark,
  };
}

async function countFacets(
  client: SearchClient,
  names: IndexNames,
  { q, filters }: HitsRequest,
): Promise<SearchPage['facets']> {
  const { request, facets: groups } = facetsRequest(names, q, filters);
  const { results } = await client.multiSearch(request);
  const counts: SearchPage['facets'] = { category: {}, language: {}, level: {}, price: {} };
  for (const facet of FACETS) {
    const result = results[groups.findIndex((group) => group.includes(facet))];
    counts[facet] = { ...result?.facetDistribution?.[facet] };
  }
  return counts;
}
