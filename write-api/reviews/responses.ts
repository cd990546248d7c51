import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { CommandContext } from '../commands/outcome.ts';
import { notify } from '../notifications/notify.ts';
import { nameOf } from '../users/name.ts';
import { assertMayReply, assertMayReport, assertVisible, type Review } from './review.ts';
import { changed, lockReview, unchanged, type ReviewOutcome } from './review-store.ts';

async function openVisible(tx: Tx, reviewId: string): Promise<Review> {
  const review = await lockReview(tx, reviewId);
  if (!review) throw new ProblemError('review_not_found');
  assertVisible(review);
  return review;
}

/** The teacher's public reply, or another one in its place. The first one is told to the student. */
export async function replyToReview(
  tx: Tx,
  context: CommandContext,
  reviewId: string,
  text: string,
): Promise<ReviewOutcome> {
  const review = await openVisible(tx, reviewId);
  assertMayReply(review, context.actor.id);
  const reply = text.trim();
  if (reply === review.reply) return unchanged(tx, review);
  await tx.query('update reviews set reply = $2, replied_at = $3, version = version + 1 where id = $1', [
    reviewId,
    reply,
    context.now,
  ]);
  const told = review.reply === null ? await tellOfReply(tx, context, review) : [];
  return changed(tx, { ...review, version: review.version + 1 }, told);
}

async function tellOfReply(tx: Tx, { actor, now }: CommandContext, review: Review): Promise<OutboxEvent[]> {
  const params = { courseTitle: review.courseTitle, name: await nameOf(tx, actor.id) };
  const link = `/courses/${review.courseSlug}`;
  return notify(tx, [{ userId: review.userId, type: 'replied', params, aboutUserId: actor.id, link }], now);
}

/** Asks the admins to look at a review; again by the same person it changes nothing. Readers see nothing of it. */
export async function reportReview(
  tx: Tx,
  { actor, now }: CommandContext,
  reviewId: string,
  reason: string,
): Promise<ReviewOutcome> {
  const review = await openVisible(tx, reviewId);
  assertMayReport(review, actor.id);
  await tx.query(
    `insert into review_reports (review_id, user_id, reason, created_at) values ($1, $2, $3, $4)
     on conflict (review_id, user_id) do nothing`,
    [reviewId, actor.id, reason.trim(), now],
  );
  return unchanged(tx, review);
}
