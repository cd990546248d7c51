import type { CourseCard } from '@eduplatform/contracts/documents';
import type { CatalogSort } from '@eduplatform/contracts/catalog';
import type { SearchPage, SearchSort } from '@eduplatform/contracts/search';
import { walkCatalog } from '../catalog/walk.ts';
import type { DocumentStore } from '../read-model/document-store.ts';
import type { Read } from '../read-model/read.ts';
import { readCard } from './card.ts';
import type { SearchFilters } from './filters.ts';
import { escapeHtml } from './highlight.ts';

export interface DegradedRequest {
  q: string;
  filters: SearchFilters;
  sort: SearchSort;
  limit: number;
  /** Place in the catalog to go on behind. */
  from: string | null;
}

/** Cards are looked into for their titles, so fewer members are scanned than for a plain list. */
const MAX_SCANNED = 1000;

/** What the catalog lists can answer: courses that pass the filters and have a word of the query in what the card says. */
export async function searchCatalog(
  documents: DocumentStore,
  read: Read,
  { q, filters, sort, limit, from }: DegradedRequest,
): Promise<{ page: Omit<SearchPage, 'nextCursor'>; next: string | null }> {
  const cardOf = (id: string) => readCard(documents, read, id);
  const words = wordsOf(q);
  const accepts = async (ids: string[]): Promise<boolean[]> =>
    (await Promise.all(ids.map(cardOf))).map((card) => card !== null && mentions(card, words));
  const catalogSort: CatalogSort = sort === 'relevance' ? 'newest' : sort;
  const { ids, next } = await walkCatalog(documents, read, {
    ...{ filters, sort: catalogSort, from, limit, maxScanned: MAX_SCANNED },
    ...(words.length > 0 && { accepts }),
  });
  const cards = (await Promise.all(ids.map(cardOf))).filter((card) => card !== null);
  const items = cards.map((course) => ({
    type: 'course' as const,
    course,
    titleHighlighted: escapeHtml(course.title),
    subtitleHighlighted: escapeHtml(course.subtitle),
  }));
  const facets = { category: {}, language: {}, level: {}, price: {} };
  return { page: { items, facets, estimatedTotal: items.length + (next === null ? 0 : 1), degraded: true }, next };
}

const MIN_WORD_LENGTH = 3;

/** The words worth looking for; short ones only when there are no others. */
export function wordsOf(q: string): string[] {
  const words =
    q
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const long = words.filter((word) => word.length >= MIN_WORD_LENGTH);
  return long.length > 0 ? long : words;
}

const mentions = ({ title, subtitle, teacher }: CourseCard, words: string[]): boolean => {
  const text = `${title} ${subtitle} ${teacher.name}`.normalize('NFKC').toLowerCase();
  return words.some((word) => text.includes(word));
};
