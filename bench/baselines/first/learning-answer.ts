import type { LearningCourse } from '@eduplatform/contracts/learning';
import { cardOf, type CardRow } from '../answers/card.ts';

/** An enrollment with its course; of a course that is not published only the enrollment. */
export type LearningRow = { [Column in keyof CardRow]: CardRow[Column] | null } & {
  enrollment_id: string;
  course_id: string;
  course_title: string;
  payment_id: string | null;
  enrolled_at: Date;
  last_activity_at: Date;
  completed_at: Date | null;
  certificate_code: string | null;
};

export type LearningFigures = Pick<LearningCourse, 'percent' | 'doneCount' | 'lessonCount' | 'nextLesson'>;

/** Of a course that is not published nobody can say how far somebody is, but who has completed it is at 100 %. */
const UNKNOWN = { doneCount: 0, lessonCount: 0, nextLesson: null };

/** @param figures called where the course is published */
export function learningCourseOf(row: LearningRow, figures: () => LearningFigures): LearningCourse {
  const { completed_at, certificate_code } = row;
  const completion =
    completed_at && certificate_code !== null
      ? { completedAt: completed_at.toISOString(), certificateCode: certificate_code }
      : null;
  const isPublished = row.id !== null;
  return {
    id: row.enrollment_id,
    courseId: row.course_id,
    courseTitle: row.course_title,
    course: isPublished ? cardOf(row as CardRow) : null,
    paymentId: row.payment_id,
    enrolledAt: row.enrolled_at.toISOString(),
    completion,
    ...(isPublished ? figures() : { ...UNKNOWN, percent: completion ? 100 : 0 }),
    lastActivityAt: row.last_activity_at.toISOString(),
  };
}
