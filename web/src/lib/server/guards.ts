import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Viewer } from '../session.ts';
import { signInPath } from '../studio/paths.ts';

type Visit = Pick<RequestEvent, 'locals' | 'url'>;

/** Who is signed in; sends anybody else to the sign-in page, which brings them back here. */
export function viewerOf({ locals, url }: Visit): Viewer {
  return locals.session.viewer() ?? redirect(303, signInPath(url));
}

/** The admin who visits; 403 for others. The write API judges every request again, by what people are now. */
export function adminOf(visit: Visit): Viewer {
  const viewer = viewerOf(visit);
  if (viewer.role !== 'admin') {
    error(403, 'Only administrators', { code: 'forbidden', requestId: visit.locals.requestId });
  }
  return viewer;
}
