const FIRST_MS = 250;
const LONGEST_MS = 30_000;
/** A part that ran this long is taken to be well again. */
const WELL_AFTER_MS = 60_000;
/** From this many failures in a row on it is called a crash loop. */
const LOOP_FROM = 5;

export interface Failures {
  /** Failures in a row. */
  count: number;
  /** How long to wait before the next start, in milliseconds. */
  delayMs: number;
  isLoop: boolean;
}

/** Counts one more failure of a part that ran for `ranMs`. */
export function countFailure(before: number, ranMs: number): Failures {
  const count = ranMs >= WELL_AFTER_MS ? 1 : before + 1;
  return { count, delayMs: Math.min(FIRST_MS * 2 ** (count - 1), LONGEST_MS), isLoop: count >= LOOP_FROM };
}
