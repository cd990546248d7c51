import { MeiliError } from '../errors.ts';

/** Names the index in an error that arises while one of its searches runs. */
export function inIndex<T>(uid: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof MeiliError) throw new MeiliError(error.code, `Index \`${uid}\`: ${error.message}`);
    throw error;
  }
}
