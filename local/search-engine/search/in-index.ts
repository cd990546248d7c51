import { MeiliError } from '../errors.ts';

/** Puts something before the message of an error that arises while `run` runs. */
function prefixed<T>(prefix: string, run: () => T, status?: number): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof MeiliError)
      throw new MeiliError(error.code, `${prefix}${error.message}`, status ?? error.status);
    throw error;
  }
}

/** Names the index in errors of its searches. */
export const inIndex = <T>(uid: string, run: () => T): T => prefixed(`Index \`${uid}\`: `, run);

/** Says in which query of a multi-search something is wrong. A missing index is the sender's mistake there: 400. */
export const inQuery = <T>(at: number, run: () => T): T => prefixed(`Inside \`.queries[${at}]\`: `, run, 400);
