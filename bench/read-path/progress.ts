import { ProgressBar } from '@eduplatform/local/jobs/progress-bar';
import { timeLeft } from '@eduplatform/local/jobs/time-left';

/** Shows how far a run is, on the terminal's error output, so that the report can be piped. */
export class Progress {
  readonly #bar = new ProgressBar(process.stderr);
  readonly #total: number;
  readonly #startedAt = performance.now();
  #done = -1;

  /** @param total steps, of about the same length */
  constructor(total: number) {
    this.#total = total;
  }

  /** A step begins, and with it the one before has ended. */
  begin(part: string, step: string): void {
    this.#done += 1;
    const rate = (this.#done * 1000) / (performance.now() - this.#startedAt);
    this.#bar.show(part, this.#done, this.#total, `${timeLeft(this.#done, this.#total, rate)}  ${step}`);
  }

  /** Leaves the line free for something else. */
  clear(): void {
    this.#bar.clear();
  }
}
