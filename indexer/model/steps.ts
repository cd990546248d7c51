/** nowhere: nothing is asked, time passes. */
export type Place = 'postgres' | 'redis' | 'search' | 'nowhere';

/** One request to a server. Between two of them anything may happen: others act, the process is paused or dies. */
export interface Operation {
  place: Place;
  run(): unknown;
  /** Carried out for the server at a later time, when whoever sent it has given it up. */
  mayComeLate: boolean | (() => boolean);
}

/** What a process does, request by request. */
export type Steps<T> = Generator<Operation, T, unknown>;

/** One request; answers what it answers, or throws what it throws, also that the server did not answer. */
export function* ask<T>(place: Place, run: () => T, mayComeLate: Operation['mayComeLate'] = false): Steps<T> {
  return (yield { place, run, mayComeLate }) as T;
}

/** Others act. */
export const pass = (): Steps<void> => ask('nowhere', () => undefined);

/** The server did not answer; the request may have been carried out all the same. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError';
}
