/**
 * Events in the outbox. An event says what changed; the projection decides which documents that touches and loads
 * them as they stand now, so payloads carry identity, never the documents' content.
 */
export interface OutboxEvents {
  'course.published': { courseId: string; revision: number; previousRevision: number | null };
  'course.unpublished': { courseId: string; revision: number };
  'course.deleted': { courseId: string; ownerId: string; lessonIds: string[]; slug: string };
  /** A draft was created or changed; readers see nothing of it. */
  'course.draft_changed': { courseId: string; change: string };
  /** Archived or taken back from the archive. */
  'course.archive_changed': { courseId: string };
  'category.changed': { slug: string };
  /** Enrolled, or the enrollment was revoked. */
  'enrollment.changed': { userId: string; courseId: string };
  /** A lesson was marked, or the position in its video moved. */
  'progress.changed': { userId: string; courseId: string };
  'course.completed': { userId: string; courseId: string };
  'payment.changed': { userId: string; paymentId: string };
  /** Written, changed, deleted, answered, hidden or restored. */
  'review.changed': { reviewId: string; courseId: string; userId: string };
  /** Created, read or deleted; at most 500 ids in one event. */
  'notifications.changed': { ids: string[] };
  'favorite.changed': { userId: string; courseId: string };
  'note.changed': { userId: string; lessonId: string };
  'question.changed': { questionId: string; lessonId: string };
  'user.registered': { userId: string };
  /** Something of a user changed that /v1/me or a public page shows: name, bio, role, verification, suspension. */
  'user.changed': { userId: string };
  /** The account was deleted: its row stays without anything personal. */
  'user.deleted': { userId: string };
  /** Documents of a read model that differ from what stands here: they are loaded anew and written again. At most 200. */
  'documents.mend': { readModel: 'redis' | 'search'; documents: string[] };
}

export type OutboxEventType = keyof OutboxEvents;

export interface OutboxEvent<T extends OutboxEventType = OutboxEventType> {
  type: T;
  aggregateType:
    | 'course'
    | 'category'
    | 'user'
    | 'enrollment'
    | 'payment'
    | 'review'
    | 'notification'
    | 'favorite'
    | 'note'
    | 'question'
    | 'read_model';
  aggregateId: string;
  aggregateVersion: number;
  payload: OutboxEvents[T];
}

/** Channel of the hint that the outbox has grown. */
export const OUTBOX_CHANNEL = 'outbox_appended';
