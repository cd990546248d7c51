import type { RatingSummary, ReviewSort } from '@eduplatform/contracts/reviews';
import { documentKeys, lists } from '@eduplatform/contracts/redis-keys';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { pageBody } from '../answers/json.ts';
import { listPage, storedItems } from '../answers/list-page.ts';
import type { DirectReader } from '../read-model/direct-reader.ts';
import type { Read } from '../read-model/read.ts';

export interface ReviewsQuestion {
  sort?: ReviewSort;
  limit?: number;
  cursor?: string;
}

const LISTS: Record<ReviewSort, { listOf: (courseId: string) => string; descending: boolean }> = {
  newest: { listOf: lists.reviewsByTime, descending: true },
  highest: { listOf: lists.reviewsByRating, descending: true },
  lowest: { listOf: lists.reviewsByRating, descending: false },
};

const NO_REVIEWS: RatingSummary = { average: null, count: 0, histogram: [0, 0, 0, 0, 0] };

/** The reviews of a published course with their summary. Throws course_not_found, invalid_cursor. */
export async function reviewPage(
  direct: DirectReader,
  read: Read,
  courseId: string,
  { sort = 'newest', ...query }: ReviewsQuestion,
): Promise<Buffer> {
  const { listOf, descending } = LISTS[sort];
  const question = {
    ...{ list: listOf(courseId), descending, prefixes: [documentKeys.review('')] },
    bodies: [documentKeys.rating(courseId)],
    exists: [documentKeys.course(courseId)],
  };
  const { rows, nextCursor, bodies, exists } = await listPage(direct, read, question, query);
  if (!exists[0]) throw new ProblemError('course_not_found');
  const summary = bodies[0] ?? Buffer.from(JSON.stringify(NO_REVIEWS));
  return pageBody(storedItems(rows), nextCursor, { summary });
}
