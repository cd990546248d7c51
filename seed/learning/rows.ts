import { hash } from 'node:crypto';
import type { OutboxEvent } from '@eduplatform/contracts/events';
import { certificateCode } from '@eduplatform/write-api/completions/certificate-code';
import type { CopyValue } from '../copy.ts';
import { seedId } from '../seed-id.ts';
import { paymentRows } from './payments.ts';
import type { PlannedEnrollment } from './plan.ts';

/** The tables in the order in which their rows refer to each other, with the columns that are written. */
export const LEARNING_COLUMNS = {
  'mock_provider.charges': ['idempotency_key', 'id', 'amount', 'currency', 'outcome', 'decline_code', 'created_at'],
  'mock_provider.refunds': ['idempotency_key', 'id', 'charge_id', 'amount', 'created_at'],
  payments: [
    'id', 'user_id', 'course_id', 'course_title', 'list_amount', 'amount', 'currency', 'status', 'provider',
    'provider_charge_id', 'provider_refund_id', 'card_brand', 'card_last4', 'decline_code', 'idempotency_key',
    'receipt_number', 'refund_requested_by', 'created_at', 'settled_at', 'refunded_at',
  ],
  enrollments: ['id', 'user_id', 'course_id', 'payment_id', 'enrolled_at', 'revoked_at', 'last_activity_at'],
  lesson_progress: ['user_id', 'lesson_id', 'course_id', 'completed_at', 'updated_at'],
  completions: [
    'user_id', 'course_id', 'completed_at', 'revision', 'certificate_code', 'student_name', 'course_title', 'teacher_name',
  ],
  reviews: ['id', 'course_id', 'user_id', 'rating', 'text', 'reply', 'replied_at', 'created_at', 'updated_at'],
  favorites: ['user_id', 'course_id', 'created_at'],
  questions: ['id', 'lesson_id', 'course_id', 'user_id', 'title', 'body', 'created_at'],
  answers: ['id', 'question_id', 'user_id', 'body', 'created_at'],
  notifications: ['id', 'user_id', 'type', 'params', 'read_at', 'about_user_id', 'created_at'],
} as const; // prettier-ignore
export type LearningTable = keyof typeof LEARNING_COLUMNS;
export type LearningRows = Record<LearningTable, CopyValue[][]>;

/** What the rows show of a course besides what the plan knows. */
export interface CourseNames {
  title: string;
  slug: string;
  ownerId: string;
  teacherName: string;
}

export interface LearningData {
  rows: LearningRows;
  events: OutboxEvent[];
}

export const noRows = (): LearningData => ({
  rows: Object.fromEntries(Object.keys(LEARNING_COLUMNS).map((table) => [table, []])) as unknown as LearningRows,
  events: [],
});

/** Adds the rows and events of one enrollment. `receiptNumber` is given out by the database. */
export function addEnrollment(
  { rows, events }: LearningData,
  planned: PlannedEnrollment,
  { names, studentName, receiptNumber }: { names: CourseNames; studentName: string; receiptNumber: () => number },
): void {
  const { course, student, enrolledAt, lastActivityAt, refundedAt, doneLessonIds, review, question } = planned;
  const name = enrollmentName(planned);
  const paid = paymentRows(planned, names.title, receiptNumber);
  if (paid) {
    rows['mock_provider.charges'].push(...paid.charges);
    rows['mock_provider.refunds'].push(...paid.refunds);
    rows.payments.push(...paid.payments);
    for (const paymentId of paid.paymentIds) {
      events.push(event('payment', paymentId, 'payment.changed', { userId: student.id, paymentId }));
    }
  }
  const enrollmentId = seedId(`enrollment ${name}`, enrolledAt);
  const paymentId = paid?.paymentIds.at(-1) ?? null;
  rows.enrollments.push([enrollmentId, student.id, course.id, paymentId, enrolledAt, refundedAt, lastActivityAt]);
  events.push(event('enrollment', enrollmentId, 'enrollment.changed', { userId: student.id, courseId: course.id }));
  const studyMs = lastActivityAt.getTime() - enrolledAt.getTime();
  for (const [index, lessonId] of doneLessonIds.entries()) {
    const doneAt = new Date(enrolledAt.getTime() + Math.floor((studyMs * (index + 1)) / doneLessonIds.length));
    rows.lesson_progress.push([student.id, lessonId, course.id, doneAt, doneAt]);
  }
  if (isCompleted(planned)) {
    rows.completions.push([
      student.id, course.id, lastActivityAt, 1, certificateOf(planned), studentName, names.title, names.teacherName,
    ]); // prettier-ignore
    const payload = { userId: student.id, courseId: course.id };
    events.push(event('enrollment', enrollmentId, 'course.completed', payload));
  }
  if (review) {
    const id = seedId(`review ${name}`, lastActivityAt);
    rows.reviews.push([
      id, course.id, student.id, review.rating, review.text, review.reply, review.reply === null ? null : lastActivityAt,
      lastActivityAt, lastActivityAt,
    ]); // prettier-ignore
    const payload = { reviewId: id, courseId: course.id, userId: student.id };
    events.push(event('review', id, 'review.changed', payload));
  }
  if (question) {
    const id = seedId(`question ${name}`, enrolledAt);
    const answerId = seedId(`answer ${name}`, lastActivityAt);
    const { lessonId, title, body, answer } = question;
    rows.questions.push([id, lessonId, course.id, student.id, title, body, enrolledAt]);
    rows.answers.push([answerId, id, names.ownerId, answer, lastActivityAt]);
    events.push(event('question', id, 'question.changed', { questionId: id, lessonId }));
  }
}

export const event = <T extends OutboxEvent['type']>(
  aggregateType: OutboxEvent['aggregateType'],
  aggregateId: string,
  type: T,
  payload: OutboxEvent<T>['payload'],
): OutboxEvent<T> => ({ type, aggregateType, aggregateId, aggregateVersion: 1, payload });

const enrollmentName = ({ course, student }: PlannedEnrollment): string => `${course.slug} ${student.id}`;

export const isCompleted = ({ course, doneLessonIds }: PlannedEnrollment): boolean =>
  course.lessonIds.length > 0 && doneLessonIds.length === course.lessonIds.length;

/** The code of the certificate that a completion comes with: always the same one. */
export const certificateOf = (planned: PlannedEnrollment): string =>
  certificateCode(hash('sha256', `certificate ${enrollmentName(planned)}`, 'buffer').subarray(0, CERTIFICATE_BYTES));

/** As many random bytes as the write API makes a code of. */
const CERTIFICATE_BYTES = 10;
