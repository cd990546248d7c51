import type { Static } from '@sinclair/typebox';
import type { PutReviewBody } from '@eduplatform/contracts/http/learning';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { CommandContext } from '../commands/outcome.ts';
import { loadLiveCourse, type LiveCourse } from '../courses/live-course.ts';
import { lockEnrollment } from '../enrollments/enroll.ts';
import { notify } from '../notifications/notify.ts';
import { nameOf } from '../users/name.ts';
import { assertMayDelete, assertMayReview, type Review } from './review.ts';
import { changed, lockReviewOf, unchanged, type ReviewOutcome } from './review-store.ts';

type Words = Static<typeof PutReviewBody>;

/** The actor's first review of a course. Throws already_reviewed. */
export async function createReview(
  tx: Tx,
  context: CommandContext,
  courseId: string,
  words: Words,
): Promise<ReviewOutcome> {
  const { course, review } = await openReview(tx, context, courseId);
  if (review) throw new ProblemError('already_reviewed');
  return insertReview(tx, context, course, words);
}

/** The actor's review of a course, whether it is the first or replaces another. A hidden one stays hidden. */
export async function putReview(
  tx: Tx,
  context: CommandContext,
  courseId: string,
  words: Words,
): Promise<ReviewOutcome> {
  const { course, review } = await openReview(tx, context, courseId);
  if (!review) return { ...(await insertReview(tx, context, course, words)), status: 201 };
  const text = words.text.trim();
  if (review.rating === words.rating && review.text === text) return unchanged(tx, review);
  await tx.query('update reviews set rating = $2, text = $3, updated_at = $4, version = version + 1 where id = $1', [
    review.id,
    words.rating,
    text,
    context.now,
  ]);
  return changed(tx, { ...review, version: review.version + 1 });
}

/** The enrollment's lock keeps one student's reviews of one course apart, also before there is one. */
async function openReview(
  tx: Tx,
  { actor }: CommandContext,
  courseId: string,
): Promise<{ course: LiveCourse; review: Review | undefined }> {
  const course = await loadLiveCourse(tx, courseId);
  const enrollment = await lockEnrollment(tx, actor.id, courseId);
  assertMayReview(course.ownerId, actor.id, enrollment !== undefined);
  return { course, review: await lockReviewOf(tx, actor.id, courseId) };
}

const INSERT = `
  insert into reviews (course_id, user_id, rating, text, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)
  returning id, course_id as "courseId", user_id as "userId", version`;

async function insertReview(
  tx: Tx,
  { actor, now }: CommandContext,
  course: LiveCourse,
  { rating, text }: Words,
): Promise<ReviewOutcome> {
  const { rows } = await tx.query<Review>(INSERT, [course.id, actor.id, rating, text.trim(), now]);
  if (!rows[0]) throw new Error('the review was not inserted');
  const params = { rating: String(rating), courseTitle: course.title, name: await nameOf(tx, actor.id) };
  const link = `/courses/${course.slug}`;
  const notice = { userId: course.ownerId, type: 'reviewed', params, aboutUserId: actor.id, link } as const;
  return changed(tx, rows[0], await notify(tx, [notice], now));
}

/** Deletes the actor's review with its reply and its reports. Throws review_not_found, review_hidden. */
export async function deleteReview(tx: Tx, { actor }: CommandContext, courseId: string): Promise<ReviewOutcome> {
  const review = await lockReviewOf(tx, actor.id, courseId);
  if (!review) throw new ProblemError('review_not_found');
  assertMayDelete(review);
  await tx.query('delete from reviews where id = $1', [review.id]);
  return changed(tx, { ...review, version: review.version + 1 });
}
