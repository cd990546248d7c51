import type { CaughtError, HandleServerError } from '@sveltejs/kit/hooks';
import { logger } from '../logger.ts';
import { ApiError } from '../problem.ts';

/** Errors become what the error page shows: a status, a stable code and the request's id; nothing of their insides. */
export const handleError: HandleServerError = (caught) => {
  const { requestId } = caught.event.locals;
  const shown = { ...describe(caught), requestId };
  if (caught.error instanceof ApiError) {
    const { api, cause, status } = caught.error;
    if (status >= 500) logger.warn({ requestId, api, status, code: shown.code, err: cause }, 'an API failed');
  } else if (caught.kind === 'unknown') {
    logger.error({ err: caught.error, requestId, route: caught.event.route.id }, 'the request failed');
  }
  return shown;
};

function describe(caught: CaughtError): Omit<App.Error, 'requestId'> {
  if (caught.kind === 'app') return caught.error;
  if (caught.error instanceof ApiError) {
    const { status, code } = caught.error;
    return { status: pageStatus(status), message: code, code };
  }
  if (caught.kind === 'unknown') return { status: 500, message: 'Internal error', code: 'internal_error' };
  const { status, message } = caught.error;
  return { status, message, code: status === 404 ? 'not_found' : 'http_error' };
}

/** An API that is away makes the page a 503: it comes back by itself. */
const pageStatus = (status: number): number => (status === 502 || status === 504 ? 503 : status);
