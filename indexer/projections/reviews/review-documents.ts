import type { OwnReview, Review } from '@eduplatform/contracts/reviews';
import { documentKeys, listMember, lists } from '@eduplatform/contracts/redis-keys';
import type { Unversioned } from '../draft-change.ts';
import type { Key } from '../key.ts';
import { tombstone } from '../tombstone.ts';

export interface ReviewRow {
  id: string;
  courseId: string;
  userId: string;
  rating: number;
  text: string;
  reply: string | null;
  repliedAt: Date | null;
  hiddenAt: Date | null;
  hiddenReason: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  /** Null: the account was deleted. */
  authorName: string | null;
}

/** For each key the review with its author's own view of it. What an admin has hidden is shown to its author alone. */
export function reviewDocuments(keys: readonly Key[], rows: readonly ReviewRow[]): Unversioned[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byOwner = new Map(rows.map((row) => [documentKeys.ownReview(row.userId, row.courseId), row]));
  return keys.flatMap(([userId = '', id = '', courseId = '']) => {
    const shown = byId.get(id);
    const ownKey = documentKeys.ownReview(userId, courseId);
    const own = byOwner.get(ownKey);
    return [
      shown && shown.hiddenAt === null ? publicDocument(shown) : tombstone(documentKeys.review(id)),
      own ? { key: ownKey, body: JSON.stringify(ownReviewOf(own)) } : tombstone(ownKey),
    ];
  });
}

const reviewOf = (row: ReviewRow): Review => ({
  id: row.id,
  courseId: row.courseId,
  rating: row.rating,
  text: row.text,
  authorName: row.authorName,
  reply: row.reply !== null && row.repliedAt ? { text: row.reply, at: row.repliedAt.toISOString() } : null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const ownReviewOf = (row: ReviewRow): OwnReview => ({
  ...reviewOf(row),
  version: row.version,
  hiddenReason: row.hiddenAt && (row.hiddenReason ?? ''),
});

function publicDocument(row: ReviewRow): Unversioned {
  const { id, courseId, rating } = row;
  const at = row.createdAt.getTime();
  return {
    key: documentKeys.review(id),
    body: JSON.stringify(reviewOf(row)),
    lists: [
      { list: lists.reviewsByTime(courseId), member: listMember([at], id) },
      { list: lists.reviewsByRating(courseId), member: listMember([rating, at], id) },
    ],
  };
}
