import { Type, type Static } from '@sinclair/typebox';
import { CourseCard } from './documents.ts';
import { Language, Level, Slug } from './primitives.ts';
import { ratingScore, type Stars } from './rating.ts';

export const CATALOG_SORTS = [
  'newest',
  'updated',
  'popular',
  'rating',
  'title',
  'priceLow',
  'priceHigh',
  'shortest',
] as const;
export type CatalogSort = (typeof CATALOG_SORTS)[number];
/** Sorts that read their list from the greatest member down. */
export const DESCENDING_SORTS: ReadonlySet<CatalogSort> = new Set([
  'newest',
  'updated',
  'popular',
  'rating',
  'priceHigh',
]);

export const CatalogQuery = Type.Object(
  {
    category: Type.Optional(Slug),
    language: Type.Optional(Language),
    level: Type.Optional(Level),
    price: Type.Optional(Type.Union([Type.Literal('free'), Type.Literal('paid')])),
    sort: Type.Optional(
      Type.Union(
        CATALOG_SORTS.map((sort) => Type.Literal(sort)),
        { default: 'newest' },
      ),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    cursor: Type.Optional(Type.String({ maxLength: 400 })),
  },
  { additionalProperties: false },
);
export type CatalogQuery = Static<typeof CatalogQuery>;

export const CoursePage = Type.Object(
  { items: Type.Array(CourseCard), nextCursor: Type.Union([Type.String(), Type.Null()]) },
  { $id: 'CoursePage' },
);

export type ListDimension = 'all' | `category=${string}` | `language=${string}` | `level=${string}` | `price=${string}`;

/** Name of a catalog list within a generation's namespace. */
export const catalogList = (dimension: ListDimension, sort: CatalogSort): string => `list:courses:${dimension}:${sort}`;

/** What a list needs to know of a course. */
export interface CatalogEntry {
  id: string;
  title: string;
  category: string;
  language: string;
  level: string;
  priceAmount: number;
  durationMinutes: number;
  publishedAtMs: number;
  updatedAtMs: number;
  /** Active enrollments. */
  studentCount: number;
  reviews: Stars;
}

const SEPARATOR = '\u0001';
const digits = (value: number): string => String(Math.max(0, Math.trunc(value))).padStart(15, '0');

/** The part of a member that sorts, by byte order. */
const sortKeys: Record<CatalogSort, (entry: CatalogEntry) => string> = {
  newest: (entry) => digits(entry.publishedAtMs),
  updated: (entry) => digits(entry.updatedAtMs),
  popular: (entry) => digits(entry.studentCount),
  rating: (entry) => digits(ratingScore(entry.reviews)),
  title: (entry) =>
    entry.title
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\u0000-\u001f]/g, ' ')
      .slice(0, 60)
      // Cutting may have split a surrogate pair, which UTF-8 cannot carry.
      .toWellFormed(),
  priceLow: (entry) => digits(entry.priceAmount),
  priceHigh: (entry) => digits(entry.priceAmount),
  shortest: (entry) => digits(entry.durationMinutes),
};

const priceOf = (entry: CatalogEntry): 'free' | 'paid' => (entry.priceAmount > 0 ? 'paid' : 'free');

/**
 * A member of a catalog list: sort key, id and the attributes that filters ask for. Carrying the attributes lets a
 * reader walk one list and apply the other filters without loading a document.
 */
export function catalogMember(sort: CatalogSort, entry: CatalogEntry): string {
  return [sortKeys[sort](entry), entry.id, entry.category, entry.language, entry.level, priceOf(entry)].join(SEPARATOR);
}

export interface CatalogMember {
  id: string;
  category: string;
  language: string;
  level: string;
  price: string;
}

/** The inverse of catalogMember, without the sort key. Throws RangeError on anything that is not a member. */
export function parseCatalogMember(member: string): CatalogMember {
  const [, id, category, language, level, price, ...rest] = member.split(SEPARATOR);
  if (!id || !category || !language || !level || !price || rest.length > 0) {
    throw new RangeError('not a catalog member');
  }
  return { id, category, language, level, price };
}

/** Every list that a course stands in, with its member there. */
export function catalogMemberships(entry: CatalogEntry): { list: string; member: string }[] {
  const dimensions: ListDimension[] = [
    'all',
    `category=${entry.category}`,
    `language=${entry.language}`,
    `level=${entry.level}`,
    `price=${priceOf(entry)}`,
  ];
  return CATALOG_SORTS.flatMap((sort) => {
    const member = catalogMember(sort, entry);
    return dimensions.map((dimension) => ({ list: catalogList(dimension, sort), member }));
  });
}
