import { Type, type Static } from '@sinclair/typebox';
import { CourseCard, Rating } from './documents.ts';
import { Language, Money, Role, Timestamp, Uuid } from './primitives.ts';

/** What the read models hold of people and their learning, and what the read API answers from that. */

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
/** A page of a list: `nextCursor` is null at its end. */
const pageOf = <T extends Parameters<typeof Type.Array>[0]>(item: T, $id: string) =>
  Type.Object({ items: Type.Array(item), nextCursor: nullable(Type.String()) }, { $id });

export const PageQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    cursor: Type.Optional(Type.String({ maxLength: 400 })),
  },
  { additionalProperties: false },
);
export type PageQuery = Static<typeof PageQuery>;

// People ---------------------------------------------------------------------------------------------------------

export const EmailPreference = Type.Union([Type.Literal('all'), Type.Literal('important'), Type.Literal('none')], {
  $id: 'EmailPreference',
  description: 'Which notifications are mailed; important: payments, refunds and decisions about the account',
});

export const ApplicationStatus = Type.Union(
  [Type.Literal('pending'), Type.Literal('verified'), Type.Literal('rejected')],
  { $id: 'ApplicationStatus' },
);

/** The signed-in person. Document `me:<userId>`. */
export const Me = Type.Object(
  {
    id: Uuid,
    email: Type.String(),
    isEmailVerified: Type.Boolean(),
    name: Type.String(),
    bio: Type.String(),
    role: Role,
    isVerified: Type.Boolean({ description: 'A teacher whom an admin verified: may publish' }),
    language: Language,
    emailPreference: EmailPreference,
    teacherApplication: nullable(
      Type.Object({ status: ApplicationStatus, reason: nullable(Type.String()), createdAt: Timestamp }),
    ),
  },
  { $id: 'Me' },
);
export type Me = Static<typeof Me>;

/** The public page of a teacher. Document `teacher:<userId>`; only of those with a published course or verified. */
export const TeacherProfile = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    bio: Type.String(),
    isVerified: Type.Boolean(),
    courseCount: Type.Integer(),
    studentCount: Type.Integer({ description: 'Enrollments in all of their published courses' }),
    rating: nullable(Rating),
  },
  { $id: 'TeacherProfile' },
);
export type TeacherProfile = Static<typeof TeacherProfile>;

/** Answer of GET /v1/teachers/:id: the profile with the first page of its courses. */
export const TeacherPage = Type.Composite([TeacherProfile, Type.Object({ courses: Type.Array(CourseCard) })], {
  $id: 'TeacherPage',
});

/** A course of the teacher who asks, with its live counts. */
export const MyTaughtCourse = Type.Composite([CourseCard, Type.Object({ studentCount: Type.Integer() })], {
  $id: 'MyTaughtCourse',
});
export const MyTaughtCoursePage = pageOf(MyTaughtCourse, 'MyTaughtCoursePage');

// Learning -------------------------------------------------------------------------------------------------------

/** Document `outline:<courseId>`: the live lessons in their order, as small as can be. */
export interface CourseOutline {
  courseId: string;
  slug: string;
  title: string;
  lessons: { id: string; title: string }[];
}

/** Document `learning:<userId>:<courseId>`: one active enrollment with everything done in it. */
export interface StoredLearning {
  enrollmentId: string;
  courseId: string;
  /** Title at the last time that the document was loaded: shown when the course is not published any more. */
  courseTitle: string;
  paymentId: string | null;
  enrolledAt: string;
  lastActivityAt: string;
  /** Lessons marked as done, also such as are not live any more. */
  done: string[];
  /** Seconds into the video of lessons that were begun. */
  positions: Record<string, number>;
  completion: { completedAt: string; certificateCode: string } | null;
}

const Completion = Type.Object({ completedAt: Timestamp, certificateCode: Type.String() }, { $id: 'Completion' });
const LessonLink = Type.Object({ id: Uuid, title: Type.String() });

/** An enrollment. `course` is null while the course is not published. */
export const Enrollment = Type.Object(
  {
    id: Uuid,
    courseId: Uuid,
    courseTitle: Type.String(),
    course: nullable(CourseCard),
    paymentId: nullable(Uuid),
    enrolledAt: Timestamp,
    completion: nullable(Completion),
  },
  { $id: 'Enrollment' },
);
export const EnrollmentPage = pageOf(Enrollment, 'EnrollmentPage');

/** A course that its student goes on with, the latest activity first. */
export const LearningCourse = Type.Composite(
  [
    Enrollment,
    Type.Object({
      percent: Type.Integer({ minimum: 0, maximum: 100 }),
      doneCount: Type.Integer(),
      lessonCount: Type.Integer(),
      nextLesson: nullable(LessonLink),
      lastActivityAt: Timestamp,
    }),
  ],
  { $id: 'LearningCourse' },
);
export type LearningCourse = Static<typeof LearningCourse>;
export const LearningCoursePage = pageOf(LearningCourse, 'LearningCoursePage');

/** Answer of GET /v1/progress/courses/:id. */
export const CourseProgress = Type.Object(
  {
    courseId: Uuid,
    percent: Type.Integer({ minimum: 0, maximum: 100 }),
    doneCount: Type.Integer(),
    lessonCount: Type.Integer(),
    done: Type.Array(Type.Object({ id: Uuid, title: Type.String() })),
    remaining: Type.Array(Type.Object({ id: Uuid, title: Type.String() })),
    nextLesson: nullable(LessonLink),
    positions: Type.Record(Type.String(), Type.Integer(), { description: 'Lesson id to seconds of its video' }),
    completion: nullable(Completion),
    notCompleteBecause: nullable(
      Type.Union([Type.Literal('lessons_remaining'), Type.Literal('not_published'), Type.Literal('no_lessons')], {
        description: 'null: it is complete',
      }),
    ),
  },
  { $id: 'CourseProgress' },
);
export type CourseProgress = Static<typeof CourseProgress>;

/** How the person who asks stands to a course: what its page needs to know. */
export const CourseStanding = Type.Object(
  {
    courseId: Uuid,
    isOwner: Type.Boolean(),
    isEnrolled: Type.Boolean(),
    isFavorite: Type.Boolean(),
    progress: nullable(CourseProgress),
    hasReviewed: Type.Boolean(),
  },
  { $id: 'CourseStanding' },
);
export type CourseStanding = Static<typeof CourseStanding>;

/** Document `stats:<courseId>`. */
export const EnrollmentCount = Type.Object({ courseId: Uuid, count: Type.Integer() }, { $id: 'EnrollmentCount' });
export type EnrollmentCount = Static<typeof EnrollmentCount>;

/** Document `certificate:<code>`: public. */
export const Certificate = Type.Object(
  {
    code: Type.String(),
    studentName: Type.String(),
    courseId: Uuid,
    courseTitle: Type.String(),
    teacherName: Type.String(),
    completedAt: Timestamp,
  },
  { $id: 'Certificate' },
);
export type Certificate = Static<typeof Certificate>;

// Money ----------------------------------------------------------------------------------------------------------

export const PaymentStatus = Type.Union(
  ['pending', 'succeeded', 'declined', 'failed', 'refunding', 'refunded'].map((status) =>
    Type.Literal(status as 'pending' | 'succeeded' | 'declined' | 'failed' | 'refunding' | 'refunded'),
  ),
  {
    $id: 'PaymentStatus',
    description: 'pending and refunding: the payment provider has not answered yet; failed: it never charged anything',
  },
);

/** A payment with its receipt. Document `payment:<userId>:<paymentId>`, and the answer of the checkout. */
export const Payment = Type.Object(
  {
    id: Uuid,
    courseId: Uuid,
    courseTitle: Type.String(),
    status: PaymentStatus,
    listPrice: Money,
    discount: Money,
    total: Money,
    couponCode: nullable(Type.String()),
    card: nullable(Type.Object({ brand: Type.String(), last4: Type.String() })),
    declineCode: nullable(Type.String()),
    receiptNumber: nullable(Type.String({ description: 'EDU-000042; of payments that were charged' })),
    createdAt: Timestamp,
    settledAt: nullable(Timestamp),
    refundedAt: nullable(Timestamp),
  },
  { $id: 'Payment' },
);
export type Payment = Static<typeof Payment>;
export const PaymentPage = pageOf(Payment, 'PaymentPage');

// Reviews --------------------------------------------------------------------------------------------------------

/** Document `review:<id>`: public. */
export const Review = Type.Object(
  {
    id: Uuid,
    courseId: Uuid,
    rating: Type.Integer({ minimum: 1, maximum: 5 }),
    text: Type.String(),
    authorName: nullable(Type.String({ description: 'null: the account was deleted' })),
    reply: nullable(Type.Object({ text: Type.String(), at: Timestamp })),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  },
  { $id: 'Review' },
);
export type Review = Static<typeof Review>;

/** The reviewer's own view. Document `own-review:<userId>:<courseId>`. */
export const OwnReview = Type.Composite(
  [Review, Type.Object({ version: Type.Integer(), hiddenReason: nullable(Type.String()) })],
  { $id: 'OwnReview' },
);
export type OwnReview = Static<typeof OwnReview>;

export const REVIEW_SORTS = ['newest', 'highest', 'lowest'] as const;
export type ReviewSort = (typeof REVIEW_SORTS)[number];

export const ReviewsQuery = Type.Composite(
  [
    PageQuery,
    Type.Object({
      sort: Type.Optional(
        Type.Union(
          REVIEW_SORTS.map((sort) => Type.Literal(sort)),
          { default: 'newest' },
        ),
      ),
    }),
  ],
  { additionalProperties: false },
);

/** Document `rating:<courseId>`; average null and all counts 0 while there is no review. */
export const RatingSummary = Type.Object(
  {
    average: nullable(Type.Number()),
    count: Type.Integer(),
    histogram: Type.Array(Type.Integer(), {
      minItems: 5,
      maxItems: 5,
      description: 'Reviews with 1, 2, 3, 4, 5 stars',
    }),
  },
  { $id: 'RatingSummary' },
);
export type RatingSummary = Static<typeof RatingSummary>;

export const ReviewPage = Type.Composite([pageOf(Review, 'ReviewList'), Type.Object({ summary: RatingSummary })], {
  $id: 'ReviewPage',
});

// Notifications --------------------------------------------------------------------------------------------------

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
  'account_restored',
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

// Favorites, notes, questions --------------------------------------------------------------------------------------

/** Document `favorite:<userId>:<courseId>`. */
export interface StoredFavorite {
  courseId: string;
  createdAt: string;
}

/** A favorite. `course` is null while the course is not published. */
export const Favorite = Type.Object(
  { courseId: Uuid, course: nullable(CourseCard), createdAt: Timestamp },
  { $id: 'Favorite' },
);
export const FavoritePage = pageOf(Favorite, 'FavoritePage');

/** A private note. Document `note:<userId>:<lessonId>`; version 0 and empty text: there is none. */
export const Note = Type.Object(
  { lessonId: Uuid, text: Type.String(), version: Type.Integer(), updatedAt: nullable(Timestamp) },
  { $id: 'Note' },
);
export type Note = Static<typeof Note>;

const Author = Type.Object(
  { id: nullable(Uuid), name: nullable(Type.String()), isTeacher: Type.Boolean({ description: 'Of this course' }) },
  { $id: 'Author', description: 'All null: the account was deleted' },
);

/** A question with all of its answers. Document `question:<id>`. */
export const Question = Type.Object(
  {
    id: Uuid,
    lessonId: Uuid,
    title: Type.String(),
    body: Type.String(),
    author: Author,
    acceptedAnswerId: nullable(Uuid),
    answers: Type.Array(Type.Object({ id: Uuid, body: Type.String(), author: Author, createdAt: Timestamp })),
    createdAt: Timestamp,
  },
  { $id: 'Question' },
);
export type Question = Static<typeof Question>;
export const QuestionPage = pageOf(Question, 'QuestionPage');
