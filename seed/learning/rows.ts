import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { CopyValue } from '../copy.ts';
import { hashText } from '../generate/random.ts';
import { seedId } from '../seed-id.ts';
import type { PlannedEnrollment } from './plan.ts';

/** The tables in the order in which their rows refer to each other, with the columns that are written. */
export const LEARNING_COLUMNS = {
  'mock_provider.charges': ['idempotency_key', 'id', 'amount', 'currency', 'outcome', 'created_at'],
  payments: [
    'id', 'user_id', 'course_id', 'course_title', 'list_amount', 'amount', 'currency', 'status', 'provider',
    'provider_charge_id', 'card_brand', 'card_last4', 'idempotency_key', 'receipt_number', 'created_at', 'settled_at',
  ],
  enrollments: ['id', 'user_id', 'course_id', 'payment_id', 'enrolled_at', 'last_activity_at'],
  lesson_progress: ['user_id', 'lesson_id', 'course_id', 'completed_at', 'updated_at'],
  completions: [
    'user_id', 'course_id', 'completed_at', 'revision', 'certificate_code', 'student_name', 'course_title', 'teacher_name',
  ],
  reviews: ['id', 'course_id', 'user_id', 'rating', 'text', 'reply', 'replied_at', 'created_at', 'updated_at'],
  favorites: ['user_id', 'course_id', 'created_at'],
  questions: ['id', 'lesson_id', 'course_id', 'user_id', 'title', 'body', 'created_at'],
  answers: ['id', 'question_id', 'user_id', 'body', 'created_at'],
  notifications: ['id', 'user_id', 'type', 'params', 'created_at'],
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
  const { course, student, enrolledAt, lastActivityAt, doneLessonIds, review, question } = planned;
  const name = `${course.slug} ${student.id}`;
  const paymentId = course.price ? seedId(`payment ${name}`, enrolledAt) : null;
  if (course.price && paymentId) {
    const { amount, currency } = course.price;
    const chargeId = `ch_${paymentId}`;
    rows['mock_provider.charges'].push([paymentId, chargeId, amount, currency, 'succeeded', enrolledAt]);
    rows.payments.push([
      paymentId, student.id, course.id, names.title, amount, amount, currency, 'succeeded', 'mock',
      chargeId, 'visa', '4242', `demo-${paymentId}`, receiptNumber(), enrolledAt, enrolledAt,
    ]); // prettier-ignore
    events.push(event('payment', paymentId, 'payment.changed', { userId: student.id, paymentId }));
  }
  const enrollmentId = seedId(`enrollment ${name}`, enrolledAt);
  rows.enrollments.push([enrollmentId, student.id, course.id, paymentId, enrolledAt, lastActivityAt]);
  events.push(event('enrollment', enrollmentId, 'enrollment.changed', { userId: student.id, courseId: course.id }));
  for (const lessonId of doneLessonIds) {
    rows.lesson_progress.push([student.id, lessonId, course.id, lastActivityAt, lastActivityAt]);
  }
  if (course.lessonIds.length > 0 && doneLessonIds.length === course.lessonIds.length) {
    rows.completions.push([
      student.id, course.id, lastActivityAt, 1, certificateCode(name), studentName, names.title, names.teacherName,
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

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code that looks like those of real certificates and is the same for a name always. */
function certificateCode(name: string): string {
  let code = '';
  for (let part = 0; code.length < 16; part += 1) {
    for (let hash = hashText(`${part} ${name}`), n = 0; n < 4; n += 1, hash >>>= 5) code += CROCKFORD[hash & 31];
  }
  return code;
}
