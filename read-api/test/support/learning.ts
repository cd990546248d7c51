import { randomUUID } from 'node:crypto';
import type { DocumentChange, ListMembership } from '@eduplatform/contracts/document-change';
import type { Note, StoredFavorite, StoredLearning } from '@eduplatform/contracts/learning';
import type { Notification } from '@eduplatform/contracts/notifications';
import type { Payment } from '@eduplatform/contracts/payments';
import type { Question } from '@eduplatform/contracts/questions';
import type { OwnReview, Review } from '@eduplatform/contracts/reviews';
import { documentKeys, listMember, lists } from '@eduplatform/contracts/redis-keys';
import type { TestCourse } from './courses.ts';

/** What the indexer would write of people and their learning. Times are milliseconds. */

type Written = Exclude<DocumentChange, { tombstone: true }>;

const VERSION = '0000000001-00000000000000000001-0000000000000000001';
const START = Date.UTC(2026, 5, 1);
export const at = (minute: number): string => new Date(START + minute * 60_000).toISOString();

export const document = (key: string, body: object, memberships: ListMembership[] = []): Written => ({
  key,
  version: VERSION,
  body: JSON.stringify(body),
  lists: memberships,
});
export const tombstone = ({ key }: DocumentChange): DocumentChange => ({ key, version: VERSION, tombstone: true });

/** An enrollment, whose last activity is its beginning unless told. */
export function learning(
  userId: string,
  course: Pick<TestCourse, 'id' | 'title'>,
  given: Partial<StoredLearning> = {},
): Written {
  const stored: StoredLearning = {
    ...{ enrollmentId: randomUUID(), courseId: course.id, courseTitle: course.title, paymentId: null },
    ...{ enrolledAt: at(0), lastActivityAt: given.enrolledAt ?? at(0) },
    ...{ done: [], positions: {}, completion: null },
    ...given,
  };
  return document(documentKeys.learning(userId, course.id), stored, [
    { list: lists.enrollments(userId), member: listMember([Date.parse(stored.enrolledAt)], course.id) },
    { list: lists.learning(userId), member: listMember([Date.parse(stored.lastActivityAt)], course.id) },
  ]);
}

export function payment(userId: string, given: Partial<Payment> = {}): Written {
  const price = { amount: 4900, currency: 'EUR' as const };
  const body: Payment = {
    ...{ id: randomUUID(), courseId: randomUUID(), courseTitle: 'A course', status: 'succeeded' },
    ...{ listPrice: price, discount: { ...price, amount: 0 }, total: price, couponCode: null },
    ...{ card: { brand: 'visa', last4: '4242' }, declineCode: null, receiptNumber: 'EDU-000042' },
    ...{ createdAt: at(0), settledAt: at(0), refundedAt: null },
    ...given,
  };
  return document(documentKeys.payment(userId, body.id), body, [
    { list: lists.payments(userId), member: listMember([Date.parse(body.createdAt)], body.id) },
  ]);
}

export function review(courseId: string, given: Partial<Review> = {}): Written {
  const createdAt = given.createdAt ?? at(0);
  const body: Review = {
    ...{ id: randomUUID(), courseId, rating: 5, text: 'Good', authorName: 'Somebody', reply: null },
    ...{ createdAt, updatedAt: createdAt },
    ...given,
  };
  const time = Date.parse(createdAt);
  return document(documentKeys.review(body.id), body, [
    { list: lists.reviewsByTime(courseId), member: listMember([time], body.id) },
    { list: lists.reviewsByRating(courseId), member: listMember([body.rating, time], body.id) },
  ]);
}

export function ownReview(userId: string, courseId: string, hiddenReason: string | null = null): Written {
  const review = { id: randomUUID(), courseId, rating: 4, text: 'Mine', authorName: 'Me', reply: null };
  const body: OwnReview = { ...review, createdAt: at(0), updatedAt: at(0), version: 1, hiddenReason };
  return document(documentKeys.ownReview(userId, courseId), body);
}

export function notification(userId: string, given: Partial<Notification> = {}): Written {
  const body: Notification = {
    ...{ id: randomUUID(), type: 'enrolled', params: { courseTitle: 'A course' }, link: '/my/courses' },
    ...{ isRead: false, createdAt: at(0) },
    ...given,
  };
  const member = listMember([Date.parse(body.createdAt)], body.id);
  return document(documentKeys.notification(body.id), body, [
    { list: lists.notifications(userId), member },
    ...(body.isRead ? [] : [{ list: lists.unread(userId), member }]),
  ]);
}

export function favorite(userId: string, courseId: string, createdAt = at(0)): Written {
  const body: StoredFavorite = { courseId, createdAt };
  return document(documentKeys.favorite(userId, courseId), body, [
    { list: lists.favorites(userId), member: listMember([Date.parse(createdAt)], courseId) },
  ]);
}

export function note(userId: string, lessonId: string, text: string): Written {
  const body: Note = { lessonId, text, version: 3, updatedAt: at(0) };
  return document(documentKeys.note(userId, lessonId), body);
}

export function question(lessonId: string, given: Partial<Question> = {}): Written {
  const author = { id: randomUUID(), name: 'Somebody', isTeacher: false };
  const body: Question = {
    ...{ id: randomUUID(), lessonId, title: 'Why?', body: 'I wonder', author, acceptedAnswerId: null, answers: [] },
    createdAt: at(0),
    ...given,
  };
  return document(documentKeys.question(body.id), body, [
    { list: lists.questions(lessonId), member: listMember([Date.parse(body.createdAt)], body.id) },
  ]);
}
