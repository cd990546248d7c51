import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Viewer } from '../session.ts';
import { signInPath } from '../studio/paths.ts';

type Visit = Pick<RequestEvent, 'locals' | 'request' | 'url'>;

/** Who is signed in; sends anybody else to the sign-in page, which brings them back to the page that they are on. */
export function viewerOf({ locals, request, url }: Visit): Viewer {
  // The query of a form's address names its action, which is no page.
  const search = request.method === 'POST' ? '' : url.search;
  return locals.session.viewer() ?? redirect(303, signInPath({ pathname: url.pathname, search }));
}

/** The admin who visits; 403 for others. The write API judges every request again, by what people are now. */
export function adminOf(visit: Visit): Viewer {
  const viewer = viewerOf(visit);
  if (viewer.role !== 'admin') {
    error(403, 'Only administrators', { code: 'forbidden', requestId: visit.locals.requestId });
  }
  return viewer;
}
