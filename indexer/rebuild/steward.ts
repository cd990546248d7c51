import type { Logger } from '@eduplatform/observability/logger';
import type { Queryable } from '@eduplatform/db/transaction';
import type { Checkpoint } from '../checkpoint.ts';
import { giveUpNext, readGenerations } from '../leader/generations.ts';
import type { Term } from '../leader/identity.ts';
import { delay } from '../run/delay.ts';
import type { SinkRunner } from '../run/sink-runner.ts';
import { FencedError, type Sink } from '../sinks/sink.ts';
import type { WakeUp } from '../source/wake-up.ts';
import { GiveUpError } from './give-up-error.ts';
import { findJob, finishJob, replayDeadLetters, requestRebuild, startJob, type Job } from './jobs.ts';
import { NextGeneration } from './next-generation.ts';
import { ProgressNotes } from './progress-notes.ts';
import { cleanUp, rebuild, type RebuildStep } from './rebuild.ts';

export const LOOK_MS = 1000;
/** However often it rings. */
const REST_MS = 100;
const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 10_000;

export interface StewardOptions {
  sink: Sink;
  runner: SinkRunner;
  db: Queryable;
  wakeUp: WakeUp;
  pollMs: number;
  announceMs: number;
  logger: Logger;
  /** Called between the steps of a rebuild. */
  onStep?: (step: RebuildStep, signal: AbortSignal) => Promise<void>;
}

/** Carries out what operators, or the leader itself, want of a sink's generations: one job at a time, beside its stream. */
export class Steward {
  readonly #options: StewardOptions;
  #next: NextGeneration | null = null;
  #failures = 0;

  constructor(options: StewardOptions) {
    this.#options = options;
  }

  /** Where the next generation stands: null while there is none. */
  get nextCheckpoint(): Checkpoint | null {
    return this.#next?.checkpoint ?? null;
  }

  /** Runs until aborted. Rejects only when a newer leader was met. */
  async run(term: Term, signal: AbortSignal): Promise<void> {
    const { db, sink, runner, wakeUp, logger } = this.#options;
    while (!signal.aborted) {
      const seen = wakeUp.calls;
      try {
        const job = await findJob(db, sink.name);
        if (job) await this.#carryOut(job, term, signal);
        else await this.#maintain();
        this.#failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof FencedError) throw error;
        logger.warn({ err: error, sink: sink.name }, 'a rebuild was interrupted; it goes on soon');
        const pause = Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LAST_RETRY_MS);
        this.#failures += 1;
        await delay(pause, signal);
        continue;
      }
      await delay(REST_MS, signal);
      if (runner.rebuildReason === null) await wakeUp.wait(seen, LOOK_MS, signal);
      else await delay(LOOK_MS, signal);
    }
  }

  /** What the leader wants by itself. */
  async #maintain(): Promise<void> {
    const { db, sink, runner, logger } = this.#options;
    const reason = runner.rebuildReason ?? (await readGenerations(db, sink.name)).needsRebuild;
    if (reason !== null && (await requestRebuild(db, sink.name, reason))) {
      logger.info({ sink: sink.name, reason }, 'the read model will be rebuilt');
    }
    if (!runner.takeLeftovers()) return;
    await cleanUp(sink, db);
  }

  async #carryOut(job: Job, term: Term, signal: AbortSignal): Promise<void> {
    const { db, sink, logger } = this.#options;
    const notes = new ProgressNotes(db, job.id, logger);
    if (!(await startJob(db, job.id))) return;
    // The swap is done, and cannot be canceled any more.
    if (job.progress.phase !== 'cleanup') {
      const canceling = new AbortController();
      const watching = this.#watchCancel(job, canceling, AbortSignal.any([signal, canceling.signal]));
      try {
        const isDone = await this.#attempt(job, term, notes, signal, canceling);
        if (!isDone) return;
      } finally {
        canceling.abort();
        await watching;
      }
    }
    await cleanUp(sink, db);
    await replayDeadLetters(db, sink.name);
    await finishJob(db, job.id, { state: 'succeeded' });
    logger.info({ sink: sink.name, job: job.id }, `the ${job.kind} is done`);
  }

  /** Answers false when the job came to an end without a swap. */
  async #attempt(
    job: Job,
    term: Term,
    notes: ProgressNotes,
    signal: AbortSignal,
    canceling: AbortController,
  ): Promise<boolean> {
    const { db, sink, runner, wakeUp, pollMs, announceMs, logger, onStep } = this.#options;
    const beside = sink.beside();
    // What it refuses is on record, but only the generation in use can say that something is well again.
    beside.refusals = {
      keys: new Set(),
      record: async (refusals) => sink.refusals?.record(refusals),
      settle: async () => {},
    };
    const next = new NextGeneration({ db, sink: beside, wakeUp, pollMs, announceMs });
    this.#next = next;
    const ending = AbortSignal.any([signal, canceling.signal]);
    try {
      if (job.isCancelRequested) canceling.abort();
      ending.throwIfAborted();
      const context = { db, term, sink, runner, notes, logger, signal: ending };
      const comparison = await rebuild(job, next, {
        ...context,
        onStep: async (step) => {
          await onStep?.(step, ending);
          ending.throwIfAborted();
        },
      });
      if (comparison) {
        const { suspects: _, ...counts } = comparison;
        logger.info({ sink: sink.name, ...counts }, 'the generations were compared');
      }
      return true;
    } catch (error) {
      if (signal.aborted || error instanceof FencedError) throw error;
      if (error instanceof GiveUpError) {
        await this.#giveUp(job, term, next, { state: 'failed', error: error.message });
        return false;
      }
      if (canceling.signal.aborted) {
        // It may have come too late.
        if ((await findJob(db, sink.name))?.progress.phase === 'cleanup') return true;
        await this.#giveUp(job, term, next, { state: 'canceled' });
        return false;
      }
      await notes.note({ problem: (error as Error).message });
      throw error;
    } finally {
      await next.close();
      this.#next = null;
    }
  }

  async #giveUp(
    job: Job,
    term: Term,
    next: NextGeneration,
    end: { state: 'failed' | 'canceled'; error?: string },
  ): Promise<void> {
    const { db, sink, logger } = this.#options;
    await next.close();
    await giveUpNext(db, sink.name, term.epoch);
    await cleanUp(sink, db);
    await finishJob(db, job.id, end);
    logger.warn({ sink: sink.name, job: job.id, ...end }, `the ${job.kind} came to nothing`);
  }

  async #watchCancel(job: Job, canceling: AbortController, signal: AbortSignal): Promise<void> {
    const { db, sink, wakeUp, logger } = this.#options;
    while (!signal.aborted) {
      const seen = wakeUp.calls;
      try {
        if ((await findJob(db, sink.name))?.isCancelRequested) canceling.abort();
      } catch (error) {
        logger.warn({ err: error }, `whether the ${job.kind} is canceled could not be read`);
      }
      await delay(REST_MS, signal);
      await wakeUp.wait(seen, LOOK_MS, signal);
    }
  }
}
