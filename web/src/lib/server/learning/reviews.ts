import { REVIEW_SORTS, type ReviewSort } from '@eduplatform/contracts/reviews';
import type { ReviewList } from '../../learning/lists.ts';
import type { Api } from '../api.ts';

const PER_PAGE = 10;

/** The order that an address names; the newest first where it names none. */
export const reviewSort = (name: string | null): ReviewSort => REVIEW_SORTS.find((sort) => sort === name) ?? 'newest';

/** A page of a course's reviews. Throws ApiError. */
export const readReviews = (api: Api, courseId: string, sort: ReviewSort, cursor: string | null): Promise<ReviewList> =>
  api.read<ReviewList>(`/v1/reviews/course/${encodeURIComponent(courseId)}`, {
    sort,
    limit: PER_PAGE,
    ...(cursor && { cursor }),
  });
