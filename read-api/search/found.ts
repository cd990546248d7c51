import type { CourseCard } from '@eduplatform/contracts/documents';
import { FACETS, type SearchHit, type SearchPage } from '@eduplatform/contracts/search';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import type { DocumentStore } from '../read-model/document-store.ts';
import { isUnavailable } from '../read-model/problems.ts';
import type { Read } from '../read-model/read.ts';
import { readCard } from './card.ts';
import type { SearchClient, SearchEngine } from './engine.ts';
import type { HighlightTags } from './highlight.ts';
import { courseHit, lessonHit, type FoundCourse, type FoundLesson } from './hits.ts';
import { facetsRequest, hitsRequest, type HitsRequest, type IndexNames } from './requests.ts';

export interface Found {
  items: SearchHit[];
  facets: SearchPage['facets'];
  estimatedTotal: number;
  hasMore: boolean;
}

export interface FinderDependencies {
  engine: SearchEngine;
  documents: DocumentStore;
  tags: HighlightTags;
}

/** Asks the search engine for hits and facets. Throws SearchUnavailableError. */
export async function find(
  { engine, documents, tags }: FinderDependencies,
  read: Read,
  request: HitsRequest,
  user: AccessTokenClaims | null,
): Promise<Found> {
  // One more than wanted tells whether there is a next page.
  const oneMore = { ...request, limit: request.limit + 1 };
  const [answer, facets] = await engine.run((client, names) =>
    Promise.all([client.multiSearch(hitsRequest(names, oneMore, tags)), countFacets(client, names, request)]),
  );
  const found = answer.hits.slice(0, request.limit) as unknown as (FoundCourse | FoundLesson)[];
  const items = await Promise.all(
    found.map(async (hit) =>
      'card' in hit ? courseHit(hit, tags) : lessonHit(hit, user, await cardOf(documents, read, hit.courseId), tags),
    ),
  );
  const estimatedTotal = Number(answer.estimatedTotalHits ?? found.length);
  return {
    items: items.filter((item) => item !== null),
    facets,
    estimatedTotal,
    hasMore: answer.hits.length > request.limit,
  };
}

/** The course's card, or null when Redis cannot tell: a hit is worth showing without it. */
async function cardOf(documents: DocumentStore, read: Read, courseId: string): Promise<CourseCard | null> {
  try {
    return await readCard(documents, read, courseId);
  } catch (error) {
    if (isUnavailable(error)) return null;
    throw error;
  }
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
