import { Type, type Static } from '@sinclair/typebox';
import { CourseCard } from './documents.ts';
import { pageOf } from './pages.ts';
import { nullable, Timestamp, Uuid } from './primitives.ts';

/** What is kept of people's learning, and what the read API answers from that. */

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
