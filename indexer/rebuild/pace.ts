/** What the live stream is like at the moment. */
export interface LiveLoad {
  /** From the commit of a row until readers find it, in milliseconds: an average over the last batches, null when nothing was written lately. */
  delayMs: number | null;
  /** The same before the build began; null when nothing is known. */
  usualMs: number | null;
}

/** How hard a build works. */
export interface Pace {
  /** Pause after a step, in multiples of the time that the step took. */
  rest: number;
  /** Documents written in one step. */
  step: number;
}

/** Nobody is held up: as fast as it goes. */
export const FULL: Pace = { rest: 0, step: 4_000 };
/** Where a build begins beside a busy stream. */
const GENTLE: Pace = { rest: 2, step: 100 };

/** Where nothing is known of before. */
const USUAL_MS = 20;
/** Delays below this are noise of the machine. */
const NOISE_MS = 5;
/** Readers may see changes twice as late as usual; it slows down well before. */
const SLOWER_AT = 1.4;
const FASTER_AT = 1.15;
const MOST_REST = 30;
const LEAST_STEP = 20;
/** No pause is longer than this, so that a build ends at all. */
const LONGEST_PAUSE_MS = 1000;

/** The next pace: slower while the stream is later than it should be, faster again while it is not. Pure. */
export function nextPace(pace: Pace, { delayMs, usualMs }: LiveLoad): Pace {
  if (delayMs === null) return FULL;
  if (pace === FULL) return GENTLE;
  const usual = Math.max(usualMs ?? USUAL_MS, NOISE_MS);
  if (delayMs > usual * SLOWER_AT) {
    return { rest: Math.min(pace.rest * 1.5 + 0.5, MOST_REST), step: Math.max(Math.floor(pace.step / 2), LEAST_STEP) };
  }
  if (delayMs < usual * FASTER_AT) {
    return { rest: Math.max(pace.rest * 0.9, 0.5), step: Math.min(Math.ceil(pace.step * 1.1), GENTLE.step * 5) };
  }
  return pace;
}

export const pauseAfter = (pace: Pace, tookMs: number): number => Math.min(pace.rest * tookMs, LONGEST_PAUSE_MS);

/** Delays of the last batches weigh most. */
const WEIGHT = 0.2;
/** Without a batch for so long, nobody is waiting for one. */
const QUIET_MS = 3_000;

/** Follows how late the live stream is. */
export class LiveDelay {
  #average: number | null = null;
  #at = Number.NEGATIVE_INFINITY;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** A batch became visible, `delayMs` after the commit of its last row. */
  add(delayMs: number): void {
    const before = this.milliseconds ?? delayMs;
    this.#average = before + WEIGHT * (delayMs - before);
    this.#at = this.#now();
  }

  /** The average; null when nothing was written lately. */
  get milliseconds(): number | null {
    return this.#now() - this.#at > QUIET_MS ? null : this.#average;
  }

  /** The last average, however long ago. */
  get last(): number | null {
    return this.#average;
  }
}
