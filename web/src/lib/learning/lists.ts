import type { FavoritePage, LearningCoursePage } from '@eduplatform/contracts/learning';
import type { NotificationPage } from '@eduplatform/contracts/notifications';
import type { PaymentPage } from '@eduplatform/contracts/payments';
import type { TeacherPage } from '@eduplatform/contracts/people';
import type { QuestionPage } from '@eduplatform/contracts/questions';
import type { ReviewPage } from '@eduplatform/contracts/reviews';

/** Pages of lists as the read API answers them. */
export type FavoriteList = (typeof FavoritePage)['static'];
export type LearningList = (typeof LearningCoursePage)['static'];
export type NotificationList = (typeof NotificationPage)['static'];
export type PaymentList = (typeof PaymentPage)['static'];
export type QuestionList = (typeof QuestionPage)['static'];
export type ReviewList = (typeof ReviewPage)['static'];
export type TeacherAnswer = (typeof TeacherPage)['static'];
