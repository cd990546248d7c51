import type {
  FavoritePage,
  LearningCoursePage,
  NotificationPage,
  PaymentPage,
  QuestionPage,
  ReviewPage,
  TeacherPage,
} from '@eduplatform/contracts/learning';
import type { Static } from '@sinclair/typebox';

/** Pages of lists as the read API answers them. */
export type FavoriteList = Static<typeof FavoritePage>;
export type LearningList = Static<typeof LearningCoursePage>;
export type NotificationList = Static<typeof NotificationPage>;
export type PaymentList = Static<typeof PaymentPage>;
export type QuestionList = Static<typeof QuestionPage>;
export type ReviewList = Static<typeof ReviewPage>;
export type TeacherAnswer = Static<typeof TeacherPage>;
