import type { BuildOptions } from '../build/build.ts';
import { delay } from '../run/delay.ts';
import { FULL, nextPace, pauseAfter, type LiveDelay, type Pace } from './pace.ts';

/** Holds a build back so far that the live stream stays in time. */
export class Pacer implements NonNullable<BuildOptions['pace']> {
  readonly #live: LiveDelay;
  readonly #usualMs: number | null;
  #pace: Pace = FULL;

  constructor(live: LiveDelay) {
    this.#live = live;
    this.#usualMs = live.last;
  }

  get isFree(): boolean {
    return this.#live.milliseconds === null;
  }

  step(): number {
    this.#pace = nextPace(this.#pace, { delayMs: this.#live.milliseconds, usualMs: this.#usualMs });
    return this.#pace.step;
  }

  async rest(tookMs: number, signal: AbortSignal): Promise<void> {
    const pauseMs = pauseAfter(this.#pace, tookMs);
    if (pauseMs > 0) await delay(pauseMs, signal);
  }
}
