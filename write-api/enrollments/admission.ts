import { ProblemError } from '@eduplatform/http-kit/problem';
import type { LiveCourse } from '../courses/live-course.ts';

/**
 * Throws unless somebody may enroll without paying: own_course, already_enrolled, course_archived, payment_required.
 */
export function assertMayEnroll(
  course: Pick<LiveCourse, 'ownerId' | 'isArchived' | 'price'>,
  userId: string,
  isEnrolled: boolean,
): void {
  if (course.ownerId === userId)
    throw new ProblemError('own_course', 'teachers need no enrollment in their own course');
  if (isEnrolled) throw new ProblemError('already_enrolled');
  if (course.isArchived) throw new ProblemError('course_archived');
  if (course.price) throw new ProblemError('payment_required');
}
