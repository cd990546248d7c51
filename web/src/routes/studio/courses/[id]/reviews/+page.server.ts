import type { ReviewList } from '#lib/learning/lists.ts';
import { ApiError } from '#lib/server/problem.ts';
import { reply } from '#lib/server/learning/review-actions.ts';
import { loadCourseHead } from '#lib/server/studio/course-head.ts';
import { teacherOf } from '#lib/server/studio/guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  teacherOf(event);
  const { api } = event.locals;
  const cursor = event.url.searchParams.get('after');
  const [course, reviews] = await Promise.all([
    loadCourseHead(api, event.params.id),
    api
      .read<ReviewList>(`/v1/reviews/course/${encodeURIComponent(event.params.id)}`, {
        limit: 20,
        ...(cursor && { cursor }),
      })
      .catch(noneWhileHidden),
  ]);
  return { course, reviews, freshness: api.freshness() };
};

/** Readers are shown no reviews of a course that is not published. */
function noneWhileHidden(error: unknown): null {
  if (error instanceof ApiError && error.code === 'course_not_found') return null;
  throw error;
}

export const actions: Actions = { reply };
