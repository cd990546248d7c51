import type { Logger } from '@eduplatform/observability/logger';
import type { Queryable } from '@eduplatform/db/transaction';
import { build } from '../build/build.ts';
import { buildStart, type Checkpoint } from '../checkpoint.ts';
import { attendDeadLetters } from '../dead-letters/attend.ts';
import { DeadLetters } from '../dead-letters/dead-letters.ts';
import { currentGeneration, nextGeneration } from '../leader/generations.ts';
import { isSameDatabase, startHistory, type Term } from '../leader/identity.ts';
import { FencedError, ReopenError, type Applied, type Commit, type Sink } from '../sinks/sink.ts';
import { MODEL, sourceFor } from '../projections/registry.ts';
import { hasRow } from '../source/find-row.ts';
import { hasReached, readHorizon } from '../source/horizon.ts';
import type { OutboxRow } from '../source/outbox-row.ts';
import type { WakeUp } from '../source/wake-up.ts';
import { delay } from './delay.ts';
import { metrics } from './metrics.ts';
import { PauseSwitch } from './pause-switch.ts';
import { initialStatus, type SinkStatus } from './status.ts';
import { followStream } from './stream.ts';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

export interface SinkRunnerOptions {
  sink: Sink;
  db: Queryable;
  wakeUp: WakeUp;
  pollMs: number;
  announceMs: number;
  logger: Logger;
}

/** Keeps one sink going: opens it, builds it when it is empty, follows the stream, and begins anew after a failure. */
export class SinkRunner {
  /** Whether operators want it to stand still. */
  readonly pause = new PauseSwitch();
  readonly #options: SinkRunnerOptions;
  #status: SinkStatus;
  #failures = 0;
  readonly #letters: DeadLetters;

  constructor(options: SinkRunnerOptions) {
    this.#options = options;
    this.#status = initialStatus(options.sink.name);
    this.#letters = new DeadLetters(options.db, options.sink.name, sourceFor(options.sink.name));
    options.sink.refusals = this.#letters;
  }

  get status(): SinkStatus {
    return this.#status;
  }

  get name(): string {
    return this.#status.name;
  }

  /** Runs until aborted. Rejects only when the term has to end: with LateTermError for a later one, else for good. */
  async run(term: Term, signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        if (this.pause.isPaused) {
          await this.#standStill(signal);
          continue;
        }
        try {
          await this.#follow(term, AbortSignal.any([signal, this.pause.running]));
        } catch (error) {
          if (signal.aborted) return;
          if (isEnd(error)) throw error;
          if (this.pause.isPaused) continue;
          await this.#recover(error as Error, signal);
        }
      }
    } finally {
      this.#set({ state: 'waiting' });
      await this.#options.sink.close();
    }
  }

  /** It reads and writes nothing, and readers are told nothing, until it is resumed. */
  async #standStill(signal: AbortSignal): Promise<void> {
    const { sink, logger } = this.#options;
    await sink.close();
    this.#set({ state: 'paused', build: null });
    logger.info({ sink: sink.name }, 'the sink is paused');
    await this.pause.whenResumed(signal);
    if (!signal.aborted) logger.info({ sink: sink.name }, 'the sink is resumed');
  }

  async #follow(term: Term, signal: AbortSignal): Promise<void> {
    const { sink, db, wakeUp, pollMs, announceMs, logger } = this.#options;
    this.#set({ state: 'opening' });
    const checkpoint = (await this.#continue(term)) ?? (await this.#begin(term));
    if (checkpoint.state === 'building') {
      this.#set({ state: 'building', checkpoint });
      logger.info({ sink: sink.name, generation: this.#status.generation }, 'building the read model');
    }
    const onProgress = (progress: SinkStatus['build']) => this.#set({ build: progress });
    const from =
      checkpoint.state === 'building' ? await build(db, sink, checkpoint, { signal, onProgress }) : checkpoint;
    this.#set({ state: 'live', checkpoint: from, build: null });
    logger.info({ sink: sink.name, generation: this.#status.generation, cursor: from.cursor }, 'following the stream');
    const ending = new AbortController();
    const attending = this.#attend(term, AbortSignal.any([signal, ending.signal]));
    try {
      await followStream(from, {
        ...{ db, sink, wakeUp, pollMs, announceMs, signal },
        onCommit: (...committed) => this.#committed(...committed),
      });
    } finally {
      ending.abort();
      await attending;
    }
  }

  #attend({ identity }: Term, signal: AbortSignal): Promise<void> {
    const { sink, db, logger } = this.#options;
    const sourceOf = sourceFor(sink.name);
    const { history } = identity;
    return attendDeadLetters({ name: sink.name, sink, letters: this.#letters, db, sourceOf, history, logger, signal });
  }

  /** Opens the sink; null when there is nothing in it that this database continues. */
  async #continue({ epoch, identity }: Term): Promise<Checkpoint | null> {
    const { sink, db, logger } = this.#options;
    const generation = await currentGeneration(db, sink.name);
    await this.#letters.sync();
    const { checkpoint, highestGeneration } = await sink.open(generation, epoch).catch(asLateTerm);
    this.#set({ generation, highestGeneration });
    if (!checkpoint || !isSameDatabase(checkpoint.identity, identity)) return null;
    if (!(await isContinued(db, checkpoint))) {
      await startHistory(db, identity.history);
      throw new HistoryEndedError(sink.name);
    }
    if (checkpoint.model === MODEL) return checkpoint;
    const { model } = checkpoint;
    logger.info({ sink: sink.name, model, wanted: MODEL }, 'the read model was made by another version; building anew');
    return null;
  }

  /** Begins an empty generation. */
  async #begin({ identity }: Term): Promise<Checkpoint> {
    const { sink, db } = this.#options;
    const generation = await nextGeneration(db, sink.name, this.#status.highestGeneration);
    const checkpoint = buildStart(identity, await readHorizon(db), MODEL);
    await sink.create(generation, checkpoint);
    this.#set({ generation, highestGeneration: generation });
    return checkpoint;
  }

  #committed(commit: Commit, rows: OutboxRow[], applied: Applied): void {
    const { name } = this.#options.sink;
    this.#failures = 0;
    this.#set({ checkpoint: commit.checkpoint, watermark: commit.watermark });
    metrics.watermark.set({ sink: name }, Date.now() / 1000);
    for (const outcome of ['sent', 'unchanged', 'stale', 'refused'] as const) {
      metrics.documents.inc({ sink: name, outcome }, applied[outcome]);
    }
    if (rows.length === 0) return;
    metrics.batchRows.observe({ sink: name }, rows.length);
    for (const row of rows) metrics.visible.observe({ sink: name }, (Date.now() - row.occurredAt.getTime()) / 1000);
  }

  async #recover(error: Error, signal: AbortSignal): Promise<void> {
    const { sink, logger } = this.#options;
    this.#set({ state: 'failing', build: null, lastError: { message: describe(error), at: new Date().toISOString() } });
    metrics.errors.inc({ sink: sink.name });
    // The first look again is free: most often the sink was only restarted.
    const isFirst = this.#failures === 0 && error instanceof ReopenError;
    const pause = isFirst ? 0 : Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LAST_RETRY_MS);
    this.#failures += 1;
    logger.warn({ err: error, sink: sink.name, retryInMs: pause }, 'the sink failed; it will be opened again');
    await sink.close();
    await delay(pause, signal);
  }

  #set(change: Partial<SinkStatus>): void {
    this.#status = { ...this.#status, ...change };
    metrics.isReady.set({ sink: this.#status.name }, this.#status.state === 'live' ? 1 : 0);
  }
}

/** Whether the database has been where the checkpoint stands: it has that row, and has given out the ids before it. */
async function isContinued(db: Queryable, { cursor, lastRow }: Checkpoint): Promise<boolean> {
  // A smaller next id would be given out again, and its rows would lie behind the cursor, never to be read.
  if (!(await hasReached(db, cursor.transactionId))) return false;
  return !lastRow || (await hasRow(db, lastRow, lastRow.id));
}

/** The message with its causes: that a request failed says little without why. */
function describe(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${describe(error.cause)}` : error.message;
}

/**
 * At its very opening the sink knew a later epoch. As long as this process holds the lock, nobody else leads: Postgres was
 * set up anew or restored beside an older sink, and a term later than that epoch is due.
 */
export class LateTermError extends Error {
  readonly heldEpoch: number;

  constructor(fenced: FencedError) {
    super('the epoch of Postgres is behind that of a sink', { cause: fenced });
    this.name = 'LateTermError';
    this.heldEpoch = fenced.heldEpoch;
  }
}

const asLateTerm = (error: unknown): never => {
  throw error instanceof FencedError ? new LateTermError(error) : error;
};

const isEnd = (error: unknown): boolean =>
  error instanceof FencedError || error instanceof LateTermError || error instanceof HistoryEndedError;

/** The database was never where a sink stands: it is a restored copy, and positions of before mean nothing. */
export class HistoryEndedError extends Error {
  constructor(sink: string) {
    super(`the database was never where the ${sink} sink stands; a new history begins`);
    this.name = 'HistoryEndedError';
  }
}
