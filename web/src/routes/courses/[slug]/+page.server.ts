import type { Course, Curriculum } from '@eduplatform/contracts/documents';
import type { OwnReview } from '@eduplatform/contracts/reviews';
import type { Standing } from '#lib/learning/call-to-action.ts';
import { optional } from '#lib/server/catalog.ts';
import { enroll, favorite, unfavorite } from '#lib/server/learning/course-actions.ts';
import { deleteReview, reply, report, review } from '#lib/server/learning/review-actions.ts';
import { readReviews, reviewSort } from '#lib/server/learning/reviews.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api, session }, params, url }) => {
  const course = await api.read<Course>(`/v1/courses/${encodeURIComponent(params.slug)}`);
  const sort = reviewSort(url.searchParams.get('reviews'));
  const isKnown = session.viewer() !== null;
  // What is personal, and what others say of the course, may be missing: the course itself is worth showing.
  const [curriculum, standing, reviews] = await Promise.all([
    api.read<Curriculum>(`/v1/courses/${course.id}/curriculum`),
    isKnown ? optional(api.read<Standing>(`/v1/courses/${course.id}/standing`)) : null,
    optional(readReviews(api, course.id, sort, url.searchParams.get('cursor'))),
  ]);
  const own = standing?.hasReviewed ? await optional(api.read<OwnReview>(`/v1/courses/${course.id}/reviews/me`)) : null;
  return {
    course,
    curriculum,
    standing,
    reviews,
    sort,
    own,
    isWelcome: url.searchParams.has('welcome'),
    freshness: api.freshness(),
  };
};

export const actions: Actions = { enroll, favorite, unfavorite, review, deleteReview, reply, report };
