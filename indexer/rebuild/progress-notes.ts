import type { Logger } from '@eduplatform/observability/logger';
import type { Queryable } from '@eduplatform/db/transaction';
import { noteProgress, type RebuildPhase, type RebuildProgress } from './jobs.ts';

const EVERY_MS = 500;

/** Writes a job's progress where operators see it, now and then. What cannot be written is written the next time. */
export class ProgressNotes {
  readonly #db: Queryable;
  readonly #job: string;
  readonly #logger: Logger;
  #phase: RebuildPhase | null = null;
  #since = 0;
  #writtenAt = Number.NEGATIVE_INFINITY;
  #writing: Promise<void> = Promise.resolve();

  constructor(db: Queryable, job: string, logger: Logger) {
    this.#db = db;
    this.#job = job;
    this.#logger = logger;
  }

  get isDue(): boolean {
    return performance.now() - this.#writtenAt >= EVERY_MS;
  }

  /** Returns at once. */
  count(phase: RebuildPhase, { done, total }: { done: number; total: number }): void {
    if (phase !== this.#phase) this.#since = performance.now();
    if (phase === this.#phase && !this.isDue) return;
    const seconds = (performance.now() - this.#since) / 1000;
    const ratePerSecond = seconds > 0 ? Math.round(done / seconds) : 0;
    void this.note({ phase, done, total, ratePerSecond });
  }

  /** Ends when it is written, or could not be. */
  note(progress: Partial<RebuildProgress>): Promise<void> {
    this.#phase = progress.phase ?? this.#phase;
    this.#writtenAt = performance.now();
    this.#writing = this.#writing
      .then(() => noteProgress(this.#db, this.#job, progress))
      .catch((error: unknown) => this.#logger.warn({ err: error }, 'the progress could not be noted'));
    return this.#writing;
  }
}
