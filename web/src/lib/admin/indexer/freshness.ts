/** The page asks every so often; after this long without an answer its numbers are old. Milliseconds. */
export const POLL_MS = 1_500;
const FRESH_MS = 5_000;

/** Whether numbers of this age may still be shown as they stand. Unknown ages are old. */
export const isStale = (ageMs: number): boolean => !(ageMs <= FRESH_MS);

/** Milliseconds that have passed since `time` when it was `at`, or null for a time that is not known; never negative. */
export function agoMs(time: string | null, at: number): number | null {
  const then = time === null ? Number.NaN : Date.parse(time);
  return Number.isNaN(then) ? null : Math.max(0, at - then);
}
