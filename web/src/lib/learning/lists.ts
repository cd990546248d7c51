import type { FavoritePage, LearningCoursePage } from '@eduplatform/contracts/learning';
import type { NotificationPage } from '@eduplatform/contracts/notifications';
import type { PaymentPage } from '@eduplatform/contracts/payments';
import type { TeacherPage } from '@eduplatform/contracts/people';
import type { QuestionPage } from '@eduplatform/contracts/questions';
import type { ReviewPage } from '@eduplatform/contracts/reviews';
import type { Static } from '@sinclair/typebox';

/** Pages of lists as the read API answers them. */
export type FavoriteList = Static<typeof FavoritePage>;
export type LearningList = Static<typeof LearningCoursePage>;
export type NotificationList = Static<typeof NotificationPage>;
export type PaymentList = Static<typeof PaymentPage>;
export type QuestionList = Static<typeof QuestionPage>;
export type ReviewList = Static<typeof ReviewPage>;
export type TeacherAnswer = Static<typeof TeacherPage>;
