import type { NotificationType } from '@eduplatform/contracts/notifications';
import { receiptNumberOf } from '@eduplatform/write-api/payments/payment';
import type { CopyValue } from '../copy.ts';
import { paymentIdOf } from '../learning/payments.ts';
import type { PlannedEnrollment } from '../learning/plan.ts';
import { certificateOf, isCompleted } from '../learning/rows.ts';
import { seedId } from '../seed-id.ts';
import { DATA_NOW, DAY_MS } from './ages.ts';
import type { PlannedPayment } from './enrollments.ts';
import type { Person } from './people.ts';
import { randomOf } from './random-of.ts';

interface Notice {
  to: Person;
  type: NotificationType;
  at: Date;
  params: Record<string, string>;
  about?: Person;
}

/** Younger ones are there whether they were read or not; of older ones only a few that nobody read. */
const KEPT_DAYS = 90;
const READ_SHARE = 0.7;
const NEVER_READ_SHARE = 0.1;

export interface NoticeContext {
  student: Person;
  teacher: Person;
  title: string;
  payment: PlannedPayment | null;
}

/** What student and teacher were told about an enrollment and what came of it, in the write API's words and links. */
export function noticesOf(seed: number, planned: PlannedEnrollment, context: NoticeContext): CopyValue[][] {
  return noticesFor(planned, context).flatMap(({ to, type, at, params, about }) => {
    const name = `${type} ${planned.course.slug} ${planned.student.id}`;
    const random = randomOf(seed, 'notice', name);
    const isRecent = DATA_NOW - at.getTime() < KEPT_DAYS * DAY_MS;
    if (!isRecent && random.next() >= NEVER_READ_SHARE) return [];
    const isRead = isRecent && random.next() < READ_SHARE;
    const readAt = isRead ? new Date(at.getTime() + Math.floor((DATA_NOW - at.getTime()) * random.next())) : null;
    return [[seedId(`notification ${name}`, at), to.id, type, JSON.stringify(params), readAt, about?.id ?? null, at]];
  });
}

function noticesFor(planned: PlannedEnrollment, { student, teacher, title, payment }: NoticeContext): Notice[] {
  const { course, enrolledAt, lastActivityAt, refundedAt, review, question } = planned;
  const page = `/courses/${course.slug}`;
  const lessonOf = (id: string): string => `${page}/lessons/${id}`;
  const bought = { courseId: course.id, courseTitle: title, paymentId: paymentIdOf(planned) };
  const receiptNumber = receiptNumberOf(payment?.receiptNumber ?? null) ?? '';
  const notices: (Notice | false | null)[] = [
    payment
      ? { to: student, type: 'paid', at: enrolledAt, params: { ...bought, receiptNumber, link: '/my/courses' } }
      : { to: student, type: 'enrolled', at: enrolledAt, params: { courseTitle: title, link: page } },
    refundedAt && { to: student, type: 'refunded', at: refundedAt, params: { ...bought, link: '/my/payments' } },
    isCompleted(planned) && {
      ...{ to: student, type: 'completed', at: lastActivityAt },
      params: { courseTitle: title, link: `/certificates/${certificateOf(planned)}` },
    },
    review && {
      ...{ to: teacher, type: 'reviewed', at: lastActivityAt, about: student },
      params: { courseTitle: title, rating: String(review.rating), name: student.name, link: page },
    },
    typeof review?.reply === 'string' && {
      ...{ to: student, type: 'replied', at: lastActivityAt, about: teacher },
      params: { courseTitle: title, name: teacher.name, link: page },
    },
    question && {
      ...{ to: student, type: 'question_answered', at: lastActivityAt, about: teacher },
      params: { courseTitle: title, title: question.title, name: teacher.name, link: lessonOf(question.lessonId) },
    },
    question && {
      ...{ to: teacher, type: 'question_asked', at: enrolledAt, about: student },
      params: { courseTitle: title, title: question.title, name: student.name, link: lessonOf(question.lessonId) },
    },
  ];
  return notices.filter((notice) => notice !== false && notice !== null);
}
