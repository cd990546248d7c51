import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { audit } from '../admin/audit.ts';
import type { CommandContext } from '../commands/outcome.ts';
import type { Review } from './review.ts';
import { changed, lockReview, unchanged, type ReviewOutcome } from './review-store.ts';

/** Hides a review from everybody but its author, who is shown the reason. For admins. */
export async function hideReview(
  tx: Tx,
  { actor, now }: CommandContext,
  reviewId: string,
  givenReason: string,
): Promise<ReviewOutcome> {
  const review = await openReview(tx, reviewId);
  const reason = givenReason.trim();
  if (review.isHidden && review.hiddenReason === reason) return unchanged(tx, review);
  await tx.query(
    `update reviews set hidden_at = coalesce(hidden_at, $2), hidden_reason = $3, version = version + 1 where id = $1`,
    [reviewId, now, reason],
  );
  await audit(tx, actor, 'review.hide', { type: 'review', id: reviewId }, { reason });
  return changed(tx, { ...review, version: review.version + 1 });
}

/** Finds a review to be right: shows it again when it is hidden, and settles its reports. For admins. */
export async function restoreReview(tx: Tx, { actor }: CommandContext, reviewId: string): Promise<ReviewOutcome> {
  const review = await openReview(tx, reviewId);
  const { rowCount: reports } = await tx.query('delete from review_reports where review_id = $1', [reviewId]);
  if (!review.isHidden && reports === 0) return unchanged(tx, review);
  await audit(tx, actor, 'review.restore', { type: 'review', id: reviewId }, { settledReports: reports });
  if (!review.isHidden) return unchanged(tx, review);
  await tx.query('update reviews set hidden_at = null, hidden_reason = null, version = version + 1 where id = $1', [
    reviewId,
  ]);
  return changed(tx, { ...review, version: review.version + 1 });
}

async function openReview(tx: Tx, reviewId: string): Promise<Review> {
  const review = await lockReview(tx, reviewId);
  if (!review) throw new ProblemError('review_not_found');
  return review;
}
