import { availableParallelism } from 'node:os';

/** What WEB_CONCURRENCY may be, for configurations that are checked by a pattern. */
export const WORKERS_PATTERN = '^(auto|[1-9]\\d{0,2})$';

/** How many processes WEB_CONCURRENCY asks for: a number, or `auto`, one for each core. Throws an Error that names it. */
export function countWorkers(text: string): number {
  if (!new RegExp(WORKERS_PATTERN).test(text)) {
    throw new Error(`WEB_CONCURRENCY must be a number from 1 to 999 or auto, not ${JSON.stringify(text)}`);
  }
  return text === 'auto' ? availableParallelism() : Number(text);
}
