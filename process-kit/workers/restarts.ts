/** Starts in a row that may fail before the service gives up. */
const FAILED_STARTS = 5;
const FIRST_MS = 100;
const LONGEST_MS = 10_000;
/** A worker that ran this long is taken to have been well. */
const WELL_AFTER_MS = 10_000;

/** How a worker ended. */
export interface WorkerEnd {
  /** Whether it got as far as answering requests. */
  wasStarted: boolean;
  ranMs: number;
}

/** Decides what follows the end of a worker that nobody asked to end; one for all workers of a service. */
export class Restarts {
  #hasWorked = false;
  #failedStarts = 0;
  #quickEnds = 0;

  /** A worker has started. */
  started(): void {
    this.#hasWorked = true;
    this.#failedStarts = 0;
  }

  /**
   * Milliseconds until the next may start. Null: no more, because none ever started (what is wrong then, such as a port
   * in use, does not pass by itself) or too many failed one after another.
   */
  next({ wasStarted, ranMs }: WorkerEnd): number | null {
    if (!wasStarted) this.#failedStarts += 1;
    if (!wasStarted && (!this.#hasWorked || this.#failedStarts >= FAILED_STARTS)) return null;
    this.#quickEnds = ranMs >= WELL_AFTER_MS ? 0 : this.#quickEnds + 1;
    return this.#quickEnds === 0 ? 0 : Math.min(FIRST_MS * 2 ** (this.#quickEnds - 1), LONGEST_MS);
  }
}
