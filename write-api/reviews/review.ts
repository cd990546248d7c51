import { ProblemError } from '@eduplatform/http-kit/problem';

/** A review with what commands on it need to know of its course. */
export interface Review {
  id: string;
  courseId: string;
  /** Who wrote it. */
  userId: string;
  rating: number;
  text: string;
  reply: string | null;
  isHidden: boolean;
  hiddenReason: string | null;
  version: number;
  ownerId: string;
  courseSlug: string;
  courseTitle: string;
}

/** Throws own_course where somebody would review their own work, not_enrolled where they do not know the course. */
export function assertMayReview(ownerId: string, userId: string, isEnrolled: boolean): void {
  if (ownerId === userId) throw new ProblemError('own_course', 'nobody reviews their own course');
  if (!isEnrolled) throw new ProblemError('not_enrolled');
}

/** Deleted and written anew it would be seen again. Throws review_hidden. */
export function assertMayDelete({ isHidden }: Pick<Review, 'isHidden'>): void {
  if (isHidden) throw new ProblemError('review_hidden', 'it can be changed, but not deleted');
}

/** A hidden review is not there for anybody but its author. Throws review_not_found. */
export function assertVisible({ isHidden }: Pick<Review, 'isHidden'>): void {
  if (isHidden) throw new ProblemError('review_not_found');
}

/** Throws forbidden unless it is a review of the actor's own course. */
export function assertMayReply({ ownerId }: Pick<Review, 'ownerId'>, userId: string): void {
  if (ownerId !== userId) throw new ProblemError('forbidden', 'only the teacher of the course replies to its reviews');
}

/** Throws forbidden for one's own review. */
export function assertMayReport(review: Pick<Review, 'userId'>, userId: string): void {
  if (review.userId === userId) throw new ProblemError('forbidden', 'this is your own review');
}
