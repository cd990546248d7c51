import { ProblemError } from '@eduplatform/http-kit/problem';

const headers = { 'retry-after': '1' };

/** Nothing can be said yet: what was asked for may be about to arrive. */
export const building = (): ProblemError => new ProblemError('read_model_building', undefined, { headers });

/** The read model does not answer, and this process holds no copy. */
export const unavailable = (cause: unknown): ProblemError =>
  new ProblemError('read_model_unavailable', undefined, { headers, cause });

/** Whether the model could not be read, be it gone or unfinished: nothing is known of what was asked for. */
export const isUnreadable = (error: unknown): boolean =>
  isUnavailable(error) || (error instanceof ProblemError && error.code === 'read_model_building');

export const isUnavailable = (error: unknown): boolean =>
  error instanceof ProblemError && error.code === 'read_model_unavailable';
