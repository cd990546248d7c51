import { ApiError } from '#lib/server/problem.ts';
import { readReviews, reviewSort } from '#lib/server/learning/reviews.ts';
import type { RequestHandler } from './$types';

/** The next reviews of a course for the script that appends them. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { searchParams: query } = url;
  try {
    const page = await readReviews(
      locals.api,
      query.get('course') ?? '',
      reviewSort(query.get('sort')),
      query.get('cursor'),
    );
    return Response.json(page);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return Response.json({ code: error.code, requestId: locals.requestId }, { status: error.status });
  }
};
