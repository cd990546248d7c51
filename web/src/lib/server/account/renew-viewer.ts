import { logger } from '../logger.ts';
import { ApiError } from '../problem.ts';

/**
 * Takes up a token that says what has just changed of the person (their name, their role), so that the header and the
 * guards of pages are right at once. When that fails the change stands all the same, and shows with the next refresh.
 */
export async function renewViewer(locals: App.Locals): Promise<void> {
  try {
    await locals.session.renew();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    logger.warn({ code: error.code, requestId: locals.requestId }, 'the session was not renewed after a change');
  }
}
