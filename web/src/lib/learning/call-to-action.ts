import type { Course } from '@eduplatform/contracts/documents';
import type { CourseStanding } from '@eduplatform/contracts/learning';

export type Standing = (typeof CourseStanding)['static'];

/** The one thing that a course's page asks of who looks at it. */
type CallToAction =
  | { kind: 'studio' }
  | { kind: 'continue'; percent: number; isComplete: boolean; lessonId: string | null }
  | { kind: 'archived' }
  | { kind: 'enroll' }
  | { kind: 'buy' };

/** `standing` is null for anonymous visitors, and while it cannot be told. */
export function callToAction(course: Pick<Course, 'price' | 'isArchived'>, standing: Standing | null): CallToAction {
  if (standing?.isOwner) return { kind: 'studio' };
  if (standing?.isEnrolled) {
    const { progress } = standing;
    return {
      kind: 'continue',
      percent: progress?.percent ?? 0,
      isComplete: progress?.completion !== null && progress?.completion !== undefined,
      lessonId: progress?.nextLesson?.id ?? null,
    };
  }
  if (course.isArchived) return { kind: 'archived' };
  return { kind: course.price ? 'buy' : 'enroll' };
}
