import { Type, type Static } from '@sinclair/typebox';
import { CourseCard } from './documents.ts';
import { Language, LessonAccess, Level, Slug, Uuid } from './primitives.ts';

export const SEARCH_SORTS = [
  'relevance',
  'rating',
  'newest',
  'updated',
  'title',
  'priceLow',
  'priceHigh',
  'shortest',
] as const;
export type SearchSort = (typeof SEARCH_SORTS)[number];

const multi = <T extends Parameters<typeof Type.Array>[0]>(schema: T) =>
  Type.Optional(Type.Array(schema, { maxItems: 20, description: 'Repeat the parameter for several values (any of)' }));

export const SearchQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200, default: '' })),
    category: multi(Slug),
    language: multi(Language),
    level: multi(Level),
    price: multi(Type.Union([Type.Literal('free'), Type.Literal('paid')])),
    sort: Type.Optional(
      Type.Union(
        SEARCH_SORTS.map((sort) => Type.Literal(sort)),
        { default: 'relevance' },
      ),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })),
    cursor: Type.Optional(Type.String({ maxLength: 400 })),
  },
  { additionalProperties: false },
);
export type SearchQuery = Static<typeof SearchQuery>;

/** Text with the matched words between `<mark>` and `</mark>`; everything else is escaped HTML. */
const Highlighted = Type.String({ description: 'Escaped HTML whose only element is <mark>' });

export const CourseHit = Type.Object(
  {
    type: Type.Literal('course'),
    course: CourseCard,
    titleHighlighted: Highlighted,
    subtitleHighlighted: Highlighted,
  },
  { $id: 'CourseHit' },
);

export const LessonHit = Type.Object(
  {
    type: Type.Literal('lesson'),
    id: Uuid,
    title: Type.String(),
    course: Type.Object({ id: Uuid, slug: Slug, title: Type.String() }),
    card: Type.Union([CourseCard, Type.Null()], { description: 'null while the card cannot be read' }),
    access: LessonAccess,
    locked: Type.Boolean(),
    heading: Type.Union([Type.String(), Type.Null()], { description: 'The heading above the match' }),
    anchor: Type.Union([Type.String(), Type.Null()], { description: 'Fragment of that heading on the lesson page' }),
    titleHighlighted: Type.Union([Highlighted, Type.Null()], { description: 'null when locked' }),
    snippet: Type.Union([Highlighted, Type.Null()], { description: 'null when locked' }),
  },
  { $id: 'LessonHit' },
);

export const SearchHit = Type.Union([CourseHit, LessonHit], { $id: 'SearchHit' });
export type SearchHit = Static<typeof SearchHit>;
export type CourseHit = Static<typeof CourseHit>;
export type LessonHit = Static<typeof LessonHit>;

export const FACETS = ['category', 'language', 'level', 'price'] as const;
export type Facet = (typeof FACETS)[number];

const FacetCounts = Type.Record(Type.String(), Type.Integer());

export const SearchPage = Type.Object(
  {
    items: Type.Array(SearchHit),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
    facets: Type.Object(
      { category: FacetCounts, language: FacetCounts, level: FacetCounts, price: FacetCounts },
      {
        description:
          'Courses that match by themselves (not those of which only a lesson does) per value; each facet is counted as if its own filter were not set',
      },
    ),
    estimatedTotal: Type.Integer(),
    degraded: Type.Boolean({ description: 'The search engine is away; these are catalog lists' }),
  },
  { $id: 'SearchPage' },
);
export type SearchPage = Static<typeof SearchPage>;
