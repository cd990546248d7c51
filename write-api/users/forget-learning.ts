import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { Tx } from '@eduplatform/db/transaction';
import { notificationEvents } from '../notifications/notify.ts';
import { DELETED_NAME } from './account.ts';

/** What others were told of the person keeps all but the name. */
const FORGET_NAME = `
  update notifications set params = params || jsonb_build_object('name', $2::text), about_user_id = null
  where about_user_id = $1 returning id`;

/**
 * Deletes what a person kept for themselves, and takes what is personal out of what stays: payments, certificates and
 * what others were told.
 * Answers the events that say so; reviews, questions and answers follow the user's own event.
 */
export async function forgetLearning(tx: Tx, userId: string): Promise<OutboxEvent[]> {
  const notes = await deleteOf<{ lesson_id: string }>(tx, 'notes', 'lesson_id', userId);
  const favorites = await deleteOf<{ course_id: string }>(tx, 'favorites', 'course_id', userId);
  const notifications = await deleteOf<{ id: string }>(tx, 'notifications', 'id', userId);
  const told = await tx.query<{ id: string }>(FORGET_NAME, [userId, DELETED_NAME]);
  const payments = await tx.query<{ id: string; version: number }>(
    `update payments set card_brand = null, card_last4 = null, refund_reason = null, version = version + 1
     where user_id = $1 returning id, version`,
    [userId],
  );
  const completions = await tx.query<{ course_id: string }>(
    'update completions set student_name = null where user_id = $1 returning course_id',
    [userId],
  );
  return [
    ...notes.map(({ lesson_id: lessonId }) =>
      event('note.changed', 'note', `${userId}/${lessonId}`, { userId, lessonId }),
    ),
    ...favorites.map(({ course_id: courseId }) =>
      event('favorite.changed', 'favorite', `${userId}/${courseId}`, { userId, courseId }),
    ),
    ...notificationEvents([...notifications, ...told.rows].map(({ id }) => id)),
    ...payments.rows.map(({ id, version }) =>
      event('payment.changed', 'payment', id, { userId, paymentId: id }, version),
    ),
    ...completions.rows.map(({ course_id: courseId }) =>
      event('progress.changed', 'enrollment', `${userId}/${courseId}`, { userId, courseId }),
    ),
  ];
}

async function deleteOf<R extends object>(tx: Tx, table: string, column: string, userId: string): Promise<R[]> {
  return (await tx.query<R>(`delete from ${table} where user_id = $1 returning ${column}`, [userId])).rows;
}

function event<T extends OutboxEvent['type']>(
  type: T,
  aggregateType: OutboxEvent['aggregateType'],
  aggregateId: string,
  payload: OutboxEvent<T>['payload'],
  aggregateVersion = 0,
): OutboxEvent<T> {
  return { type, aggregateType, aggregateId, aggregateVersion, payload };
}
