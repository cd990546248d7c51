import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Viewer } from '../session.ts';
import { signInPath } from '../studio/paths.ts';
import { ApiError } from './problem.ts';

/** What a guard needs to know of a request. */
export type Visit = Pick<RequestEvent, 'locals' | 'request' | 'url'>;

/**
 * Who is signed in; sends anybody else to the sign-in page, which brings them back to the page that they are on.
 * Throws ApiError (503) for a page whose visitor's session has run out while the write API is away: signing in would
 * not help them. Forms get the API's refusal instead, with what was typed.
 */
export function viewerOf({ locals: { session }, request, url }: Visit): Viewer {
  const isForm = request.method === 'POST';
  const viewer = session.viewer();
  // The query of a form's address names its action, which is no page.
  if (!viewer) redirect(303, signInPath({ pathname: url.pathname, search: isForm ? '' : url.search }));
  if (!isForm && session.accessToken() === null) throw new ApiError('write', 503, 'session_not_renewed');
  return viewer;
}

/** The admin who visits; 403 for others. The write API judges every request again, by what people are now. */
export function adminOf(visit: Visit): Viewer {
  const viewer = viewerOf(visit);
  if (viewer.role !== 'admin') {
    error(403, 'Only administrators', { code: 'forbidden', requestId: visit.locals.requestId });
  }
  return viewer;
}
