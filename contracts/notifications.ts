import { Type, type Static } from '@sinclair/typebox';
import { pageOf } from './pages.ts';
import { nullable, Timestamp, Uuid } from './primitives.ts';

export const NOTIFICATION_TYPES = [
  'enrolled',
  'paid',
  'payment_failed',
  'refunded',
  'reviewed',
  'replied',
  'verified',
  'rejected',
  'completed',
  'course_updated',
  'question_asked',
  'question_answered',
  'answer_accepted',
  'announcement',
] as const;
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** Document `notification:<id>`. `link` is a path of the storefront without its language. */
export const Notification = Type.Object(
  {
    id: Uuid,
    type: Type.Union(NOTIFICATION_TYPES.map((type) => Type.Literal(type))),
    params: Type.Record(Type.String(), Type.String(), {
      description: 'What the words need, as it was then: courseTitle, name, title, text, reason, rating, count …',
    }),
    link: nullable(Type.String()),
    isRead: Type.Boolean(),
    createdAt: Timestamp,
  },
  { $id: 'Notification' },
);
export type Notification = Static<typeof Notification>;

export const NotificationPage = Type.Composite(
  [pageOf(Notification, 'NotificationList'), Type.Object({ unreadCount: Type.Integer() })],
  { $id: 'NotificationPage' },
);
