import type { Static } from '@sinclair/typebox';
import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { ReviewResult } from '@eduplatform/contracts/http/learning';
import type { Tx } from '@eduplatform/db/transaction';
import { record, type CommandOutcome } from '../commands/outcome.ts';
import type { Review } from './review.ts';

export type ReviewOutcome = CommandOutcome<Static<typeof ReviewResult>>;
type Identity = Pick<Review, 'id' | 'courseId' | 'userId' | 'version'>;

const SELECT = `
  select r.id, r.course_id as "courseId", r.user_id as "userId", r.rating, r.text, r.reply, r.version,
    r.hidden_at is not null as "isHidden", r.hidden_reason as "hiddenReason",
    c.owner_id as "ownerId", c.slug as "courseSlug", coalesce(live.title, c.title) as "courseTitle"
  from reviews r join courses c on c.id = r.course_id
  left join course_revisions live on live.course_id = c.id and live.revision = c.live_revision`;

export async function lockReview(tx: Tx, reviewId: string): Promise<Review | undefined> {
  return (await tx.query<Review>(`${SELECT} where r.id = $1 for update of r`, [reviewId])).rows[0];
}

export async function lockReviewOf(tx: Tx, userId: string, courseId: string): Promise<Review | undefined> {
  const { rows } = await tx.query<Review>(`${SELECT} where r.user_id = $1 and r.course_id = $2 for update of r`, [
    userId,
    courseId,
  ]);
  return rows[0];
}

/** What a command answers that left the review as it was. */
export const unchanged = async (tx: Tx, { id, courseId, version }: Identity): Promise<ReviewOutcome> => ({
  result: { reviewId: id, courseId, version },
  position: await record(tx, []),
});

/** Records that the review is now at this version, with what else happened. */
export async function changed(
  tx: Tx,
  { id, courseId, userId, version }: Identity,
  others: OutboxEvent[] = [],
): Promise<ReviewOutcome> {
  const event: OutboxEvent = {
    type: 'review.changed',
    aggregateType: 'review',
    aggregateId: id,
    aggregateVersion: version,
    payload: { reviewId: id, courseId, userId },
  };
  return { result: { reviewId: id, courseId, version }, position: await record(tx, [event, ...others]) };
}
