import type { CourseCard } from '@eduplatform/contracts/documents';
import type { CourseOutline, CourseProgress, CourseStanding, StoredLearning } from '@eduplatform/contracts/learning';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { parseDocument } from '../answers/json.ts';
import type { DirectReader } from '../read-model/direct-reader.ts';
import type { Read } from '../read-model/read.ts';
import { courseProgress } from './progress.ts';

const parsed = <T>(body: Buffer | null | undefined): T | null => (body ? parseDocument<T>(body) : null);

/** Throws course_not_found, or not_enrolled when there is such a course. */
export async function progressIn(
  direct: DirectReader,
  read: Read,
  userId: string,
  courseId: string,
): Promise<CourseProgress> {
  const keys = [documentKeys.learning(userId, courseId), documentKeys.outline(courseId)];
  const { bodies } = await direct.ask(read, { bodies: keys });
  const learning = parsed<StoredLearning>(bodies[0]);
  const outline = parsed<CourseOutline>(bodies[1]);
  if (!learning) throw new ProblemError(outline ? 'not_enrolled' : 'course_not_found');
  return courseProgress(learning, outline);
}

/** How somebody stands to a course that is published or that they are enrolled in. Throws course_not_found. */
export async function standingOf(
  direct: DirectReader,
  read: Read,
  userId: string,
  courseId: string,
): Promise<CourseStanding> {
  const { card, learning, outline, ownReview, favorite } = documentKeys;
  const { bodies, exists } = await direct.ask(read, {
    bodies: [card(courseId), learning(userId, courseId), outline(courseId)],
    exists: [favorite(userId, courseId), ownReview(userId, courseId)],
  });
  const course = parsed<CourseCard>(bodies[0]);
  const enrollment = parsed<StoredLearning>(bodies[1]);
  if (!course && !enrollment) throw new ProblemError('course_not_found');
  return {
    courseId,
    isOwner: course?.teacher.id === userId,
    isEnrolled: enrollment !== null,
    isFavorite: exists[0] === true,
    progress: enrollment && courseProgress(enrollment, parsed<CourseOutline>(bodies[2])),
    hasReviewed: exists[1] === true,
  };
}
