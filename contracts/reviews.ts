import { Type, type Static } from '@sinclair/typebox';
import { pageOf, PageQuery } from './pages.ts';
import { nullable, Timestamp, Uuid } from './primitives.ts';

/** Document `review:<id>`: public. */
export const Review = Type.Object(
  {
    id: Uuid,
    courseId: Uuid,
    rating: Type.Integer({ minimum: 1, maximum: 5 }),
    text: Type.String(),
    authorName: nullable(Type.String({ description: 'null: the account was deleted' })),
    reply: nullable(Type.Object({ text: Type.String(), at: Timestamp })),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  },
  { $id: 'Review' },
);
export type Review = Static<typeof Review>;

/** The reviewer's own view. Document `own-review:<userId>:<courseId>`. */
export const OwnReview = Type.Composite(
  [Review, Type.Object({ version: Type.Integer(), hiddenReason: nullable(Type.String()) })],
  { $id: 'OwnReview' },
);
export type OwnReview = Static<typeof OwnReview>;

export const REVIEW_SORTS = ['newest', 'highest', 'lowest'] as const;
export type ReviewSort = (typeof REVIEW_SORTS)[number];

export const ReviewsQuery = Type.Composite(
  [
    PageQuery,
    Type.Object({
      sort: Type.Optional(
        Type.Union(
          REVIEW_SORTS.map((sort) => Type.Literal(sort)),
          { default: 'newest' },
        ),
      ),
    }),
  ],
  { additionalProperties: false },
);

/** Document `rating:<courseId>`; average null and all counts 0 while there is no review. */
export const RatingSummary = Type.Object(
  {
    average: nullable(Type.Number()),
    count: Type.Integer(),
    histogram: Type.Array(Type.Integer(), {
      minItems: 5,
      maxItems: 5,
      description: 'Reviews with 1, 2, 3, 4, 5 stars',
    }),
  },
  { $id: 'RatingSummary' },
);
export type RatingSummary = Static<typeof RatingSummary>;

export const ReviewPage = Type.Composite([pageOf(Review, 'ReviewList'), Type.Object({ summary: RatingSummary })], {
  $id: 'ReviewPage',
});
