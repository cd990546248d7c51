import type { Language, LessonAccess, Level } from './primitives.ts';

/** The search read model: names, settings, documents and keys of the Meilisearch indexes. */

export type SearchIndexKind = 'courses' | 'lessons' | 'meta';
export const SEARCH_INDEX_KINDS = ['courses', 'lessons', 'meta'] as const;

/** `<prefix>courses_g<generation>_e<epoch>`: the name itself fences, since writers of an older epoch find no index. */
export const searchIndexName = (prefix: string, kind: SearchIndexKind, generation: number, epoch: number): string =>
  `${prefix}${kind}_g${generation}_e${epoch}`;

/**
 * The same index while its generation is not the one in use: being built, or kept for a rollback. So the plain name alone
 * says what readers may use, also where Redis cannot tell, and one renaming moves all of them at once.
 */
export const besideIndexName = (prefix: string, kind: SearchIndexKind, generation: number, epoch: number): string =>
  searchIndexName(prefix, kind, generation, epoch) + BESIDE;

const BESIDE = '_beside';

/** Parts of the name of an index that is not in use, or null when it is not such a name of ours under this prefix. */
export const parseBesideIndexName = (prefix: string, name: string): ReturnType<typeof parseSearchIndexName> =>
  name.endsWith(BESIDE) ? parseSearchIndexName(prefix, name.slice(0, -BESIDE.length)) : null;

/** Parts of the name of an index in use, or null when it is not one of ours under this prefix. */
export function parseSearchIndexName(
  prefix: string,
  name: string,
): { kind: SearchIndexKind; generation: number; epoch: number } | null {
  if (!name.startsWith(prefix)) return null;
  const match = /^(courses|lessons|meta)_g(\d+)_e(\d+)$/.exec(name.slice(prefix.length));
  if (!match) return null;
  return { kind: match[1] as SearchIndexKind, generation: Number(match[2]), epoch: Number(match[3]) };
}

/** Fixed uids of the API keys; a key's value is hex(HMAC-SHA256(master key, uid)), so it need not be handed around. */
export const SEARCH_KEY_UIDS = {
  /** Only searches, and reads the list of indexes. */
  reader: '4b1f2a52-6a0e-4d0b-9f0b-8f6b53a10001',
  /** Writes documents and renames indexes; cannot create one. */
  leader: '4b1f2a52-6a0e-4d0b-9f0b-8f6b53a10002',
} as const;

/**
 * Uid of the key for the indexes under a prefix. Without a prefix it is the fixed one; with one it differs, so that
 * installations that share a search server have keys of their own.
 */
export function searchKeyUid(role: keyof typeof SEARCH_KEY_UIDS, prefix: string): string {
  const fixed = SEARCH_KEY_UIDS[role];
  if (prefix === '') return fixed;
  const own = fnv1a(`${role}:${prefix}`, 0x811c9dc5) + fnv1a(`${prefix}:${role}`, 0x01000193).slice(0, 4);
  return fixed.slice(0, -own.length) + own;
}

function fnv1a(text: string, seed: number): string {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** One per course. `id` is the course id. */
export interface CourseSearchDocument {
  id: string;
  slug: string;
  title: string;
  subtitle: string;
  outcomes: string[];
  description: string;
  teacherName: string;
  category: string;
  language: Language;
  level: Level;
  price: 'free' | 'paid';
  priceAmount: number;
  priceCurrency: string | null;
  durationMinutes: number;
  lessonCount: number;
  publishedAt: number;
  updatedAt: number;
  /** Of the reviews that are shown; null while there is none. How many students there are is not told here: each enrollment would write the document anew. */
  ratingAverage: number | null;
  ratingCount: number;
  /** What a search sorts by: ratingScore of contracts/rating.ts. */
  ratingScore: number;
  /** The card as stored in Redis, as JSON text: a hit is sent without another look-up. Lessons carry none: a change of the course would rewrite them all. */
  card: string;
  /** Document version (position) and content hash; see documents in Redis. */
  v: string;
  h: string;
}

export interface LessonSection {
  heading: string;
  anchor: string;
  text: string;
}

/** One per lesson; its times are its own, so that publishing a course sends only the lessons that changed. Its text is searchable by everyone and sent only to those who may open the lesson. */
export interface LessonSearchDocument {
  id: string;
  courseId: string;
  courseSlug: string;
  courseTitle: string;
  ownerId: string;
  title: string;
  access: LessonAccess;
  sections: LessonSection[];
  category: string;
  language: Language;
  level: Level;
  price: 'free' | 'paid';
  durationMinutes: number;
  publishedAt: number;
  updatedAt: number;
  v: string;
  h: string;
}

/** A deleted document keeps its version for the outbox's retention age, in the meta index. */
export interface SearchTombstone {
  id: string;
  kind: 'tombstone';
  index: 'courses' | 'lessons';
  v: string;
  at: number;
}

const filterable = (attributes: string[], comparison: boolean) => ({
  attributePatterns: attributes,
  features: { facetSearch: false, filter: { equality: true, comparison } },
});

const shared = {
  rankingRules: ['words', 'typo', 'proximity', 'attributeRank', 'sort', 'wordPosition', 'exactness'],
  faceting: { maxValuesPerFacet: 100, sortFacetValuesBy: { '*': 'count' as const } },
  pagination: { maxTotalHits: 1000 },
};

/** Settings of each index; applied before the first document. */
export const SEARCH_SETTINGS = {
  courses: {
    ...shared,
    searchableAttributes: ['title', 'subtitle', 'outcomes', 'teacherName', 'description'],
    filterableAttributes: [
      filterable(['id', 'category', 'language', 'level', 'price'], false),
      filterable(['priceAmount', 'durationMinutes', 'publishedAt', 'updatedAt', 'ratingAverage', 'ratingCount'], true),
    ],
    sortableAttributes: ['publishedAt', 'updatedAt', 'priceAmount', 'durationMinutes', 'title', 'ratingScore'],
  },
  lessons: {
    ...shared,
    searchableAttributes: ['title', 'sections.heading', 'sections.text'],
    filterableAttributes: [
      filterable(['id', 'courseId', 'access', 'category', 'language', 'level', 'price'], false),
      filterable(['durationMinutes', 'publishedAt', 'updatedAt'], true),
    ],
    sortableAttributes: ['publishedAt', 'updatedAt', 'durationMinutes', 'title'],
  },
  meta: {
    searchableAttributes: ['id'],
    filterableAttributes: [filterable(['kind', 'index'], false), filterable(['at'], true)],
  },
} as const;

/** Quotes a value for a filter expression: nothing in it can end the string or add an operator. */
export const filterValue = (value: string): string => `"${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
