import type { Notification, NotificationType } from '@eduplatform/contracts/notifications';
import { m } from '#lib/paraglide/messages.js';

/** One notification in words: what happened, and what somebody wrote about it. */
interface NotificationWords {
  title: string;
  text: string | null;
}

type Parameter = (name: string) => string;
type Words = Record<NotificationType, (of: Parameter) => NotificationWords>;

const said = (title: string, text: string | null = null): NotificationWords => ({ title, text: text || null });

const WORDS: Words = {
  enrolled: (of) => said(m.notice_enrolled({ course: of('courseTitle') })),
  paid: (of) => said(m.notice_paid({ course: of('courseTitle') })),
  payment_failed: (of) => said(m.notice_payment_failed({ course: of('courseTitle') }), m.notice_payment_failed_text()),
  refunded: (of) => said(m.notice_refunded({ course: of('courseTitle') })),
  reviewed: (of) => said(m.notice_reviewed({ name: of('name'), course: of('courseTitle'), rating: of('rating') })),
  replied: (of) => said(m.notice_replied({ name: of('name'), course: of('courseTitle') })),
  verified: () => said(m.notice_verified(), m.notice_verified_text()),
  rejected: (of) => said(m.notice_rejected(), of('reason')),
  completed: (of) => said(m.notice_completed({ course: of('courseTitle') }), m.notice_completed_text()),
  course_updated: (of) =>
    said(m.notice_course_updated({ course: of('courseTitle'), count: Number(of('count')) || 0, shown: of('count') })),
  question_asked: (of) => said(m.notice_question_asked({ name: of('name'), course: of('courseTitle') }), of('title')),
  question_answered: (of) => said(m.notice_question_answered({ name: of('name') }), of('title')),
  answer_accepted: (of) => said(m.notice_answer_accepted({ course: of('courseTitle') }), of('title')),
  announcement: (of) => said(of('title'), of('text')),
};

/** What a parameter that is missing leaves is a gap, never an error: the notification is still worth showing. */
export const notificationWords = ({ type, params }: Pick<Notification, 'type' | 'params'>): NotificationWords =>
  WORDS[type]((name) => params[name] ?? '');
