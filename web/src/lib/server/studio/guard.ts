import { error } from '@sveltejs/kit';
import type { Viewer } from '../../session.ts';
import { viewerOf, type Visit } from '../guards.ts';

/**
 * The teacher or admin who visits. Sends anonymous visitors to the sign-in page, which brings them back here;
 * others get the page that says what the studio is (403). The write API checks every request again.
 */
export function teacherOf(visit: Visit): Viewer {
  const viewer = viewerOf(visit);
  if (viewer.role === 'student') {
    error(403, 'Only teachers write courses', { code: 'teachers_only', requestId: visit.locals.requestId });
  }
  return viewer;
}
