import { ProblemError } from '@eduplatform/http-kit/problem';

/** What somebody is called whose account was deleted. */
export const DELETED_NAME = 'Deleted user';

/** A course of somebody who wants to delete their account. */
export interface OwnedCourse {
  id: string;
  version: number;
  /** Whether readers see it. */
  isLive: boolean;
  /** Whether anybody ever enrolled in it or paid for it. */
  hasStudents: boolean;
}

/** Throws account_has_courses while people read, or have a claim to, a course that would go with the account. */
export function assertDeletable(courses: OwnedCourse[]): void {
  const kept = courses.filter(({ isLive, hasStudents }) => isLive || hasStudents);
  if (kept.length === 0) return;
  throw new ProblemError(
    'account_has_courses',
    'unpublish your courses first; one with students cannot be left alone',
    {
      errors: kept.map(({ id }) => ({ path: `courses/${id}`, message: 'is published or has students' })),
    },
  );
}
