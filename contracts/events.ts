/**
 * Events in the outbox. An event says what changed; the projection decides which documents that touches and loads
 * them as they stand now, so payloads carry identity, never the documents' content.
 */
export interface OutboxEvents {
  'course.published': { courseId: string; revision: number; previousRevision: number | null };
  'course.unpublished': { courseId: string; revision: number };
  'course.deleted': { courseId: string; lessonIds: string[]; slug: string };
  /** A draft was created or changed; readers see nothing of it. */
  'course.draft_changed': { courseId: string; change: string };
  'category.changed': { slug: string };
  'user.registered': { userId: string };
  /** The public name of a user changed; their live courses show it. */
  'user.profile_changed': { userId: string };
}

export type OutboxEventType = keyof OutboxEvents;

export interface OutboxEvent<T extends OutboxEventType = OutboxEventType> {
  type: T;
  aggregateType: 'course' | 'category' | 'user';
  aggregateId: string;
  aggregateVersion: number;
  payload: OutboxEvents[T];
}

/** Channel of the hint that the outbox has grown. */
export const OUTBOX_CHANNEL = 'outbox_appended';
