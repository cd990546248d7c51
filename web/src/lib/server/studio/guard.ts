import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Viewer } from '../../session.ts';
import { signInPath } from '../../studio/paths.ts';

type Visit = Pick<RequestEvent, 'locals' | 'url'>;

/**
 * The teacher or admin who visits. Sends anonymous visitors to the sign-in page, which brings them back here;
 * others get the page that says what the studio is (403). The write API checks every request again.
 */
export function teacherOf({ locals, url }: Visit): Viewer {
  const viewer = locals.session.viewer();
  if (!viewer) redirect(303, signInPath(url));
  if (viewer.role === 'student') {
    error(403, 'Only teachers write courses', { code: 'teachers_only', requestId: locals.requestId });
  }
  return viewer;
}
