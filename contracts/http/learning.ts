import { Type, type Static } from '@sinclair/typebox';
import { text, Timestamp, Uuid } from '../primitives.ts';

/** Bodies and answers of the commands of learners, reviewers and those who ask and answer. */

const freeText = (maxLength: number) =>
  Type.String({ maxLength, pattern: '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F]*$' });
const body = <T extends Parameters<typeof Type.Object>[0]>(fields: T, $id: string) =>
  Type.Object(fields, { additionalProperties: false, $id });

export const EnrollBody = body({ courseId: Uuid }, 'EnrollBody');
export const EnrollmentResult = Type.Object(
  { enrollmentId: Uuid, courseId: Uuid, version: Type.Integer() },
  { $id: 'EnrollmentResult' },
);

/** Answer of marking a lesson, with what it made of the course. */
export const ProgressResult = Type.Object(
  {
    courseId: Uuid,
    lessonId: Uuid,
    percent: Type.Integer(),
    doneCount: Type.Integer(),
    lessonCount: Type.Integer(),
    certificateCode: Type.Union([Type.String(), Type.Null()], { description: 'Of a completed course' }),
  },
  { $id: 'ProgressResult' },
);
export type ProgressResult = Static<typeof ProgressResult>;

export const PositionBody = body({ seconds: Type.Integer({ minimum: 0, maximum: 86_400 }) }, 'PositionBody');
export const PositionResult = Type.Object(
  { courseId: Uuid, lessonId: Uuid, seconds: Type.Integer() },
  { $id: 'PositionResult' },
);

const reviewFields = { rating: Type.Integer({ minimum: 1, maximum: 5 }), text: freeText(5000) };
export const CreateReviewBody = body({ courseId: Uuid, ...reviewFields }, 'CreateReviewBody');
export const PutReviewBody = body(reviewFields, 'PutReviewBody');
export const ReplyBody = body({ text: text(5000) }, 'ReplyBody');
export const ReportBody = body({ reason: text(1000) }, 'ReportBody');
export const HideBody = body({ reason: text(1000) }, 'HideBody');
export const ReviewResult = Type.Object(
  { reviewId: Uuid, courseId: Uuid, version: Type.Integer() },
  { $id: 'ReviewResult' },
);

/** A review as admins see it. */
export const AdminReview = Type.Object(
  {
    id: Uuid,
    courseId: Uuid,
    courseTitle: Type.String(),
    rating: Type.Integer(),
    text: Type.String(),
    authorId: Uuid,
    authorName: Type.String(),
    reports: Type.Array(Type.Object({ reason: Type.String(), at: Timestamp }), { description: 'At most the last 20' }),
    reportCount: Type.Integer(),
    hiddenAt: Type.Union([Timestamp, Type.Null()]),
    hiddenReason: Type.Union([Type.String(), Type.Null()]),
    createdAt: Timestamp,
  },
  { $id: 'AdminReview' },
);
export const AdminReviewList = Type.Object(
  { items: Type.Array(AdminReview), nextCursor: Type.Union([Type.String(), Type.Null()]) },
  { $id: 'AdminReviewList' },
);
export type AdminReviewList = Static<typeof AdminReviewList>;

export const NotificationsResult = Type.Object({ changed: Type.Integer() }, { $id: 'NotificationsResult' });
export const FavoriteResult = Type.Object({ courseId: Uuid, isFavorite: Type.Boolean() }, { $id: 'FavoriteResult' });

/** An empty text deletes the note. `version`: the one that was seen (0: none); a later one is 412. */
export const NoteBody = body(
  { text: freeText(20_000), version: Type.Optional(Type.Integer({ minimum: 0 })) },
  'NoteBody',
);
export const NoteResult = Type.Object({ lessonId: Uuid, version: Type.Integer() }, { $id: 'NoteResult' });

export const QuestionBody = body({ title: text(200), body: freeText(5000) }, 'QuestionBody');
export const AnswerBody = body({ body: text(5000) }, 'AnswerBody');
export const QuestionResult = Type.Object(
  { questionId: Uuid, answerId: Type.Optional(Uuid), version: Type.Integer() },
  { $id: 'QuestionResult' },
);
