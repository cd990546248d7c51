import type { Logger } from '@eduplatform/observability/logger';
import type { Queryable } from '@eduplatform/db/transaction';
import { build } from '../build/build.ts';
import { attendDeadLetters } from '../dead-letters/attend.ts';
import { DeadLetters } from '../dead-letters/dead-letters.ts';
import type { Term } from '../leader/identity.ts';
import { LiveDelay } from '../rebuild/pace.ts';
import { ReopenError, type Applied, type Commit, type Sink } from '../sinks/sink.ts';
import { sourceFor } from '../projections/registry.ts';
import type { OutboxRow } from '../source/outbox-row.ts';
import type { WakeUp } from '../source/wake-up.ts';
import { delay } from './delay.ts';
import { HoldSwitch, untilAborted, type Hold } from './hold.ts';
import { metrics } from './metrics.ts';
import { openSink } from './open-sink.ts';
import { PauseSwitch } from './pause-switch.ts';
import { initialStatus, type SinkStatus } from './status.ts';
import { followStream } from './stream.ts';
import { isEnd } from './term-errors.ts';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
const LOOK_MS = 20;

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
  /** How late changes are; a build beside the stream paces itself by it. */
  readonly liveDelay = new LiveDelay();
  readonly #hold = new HoldSwitch();
  readonly #options: SinkRunnerOptions;
  #rebuildReason: string | null = null;
  #hasLeftovers = false;
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

  /** Why the next generation has to be built beside this one; null: it need not be. */
  get rebuildReason(): string | null {
    return this.#rebuildReason;
  }

  /** Whether a new generation took the place of one that may still lie in the sink; true once. */
  takeLeftovers(): boolean {
    const hadLeftovers = this.#hasLeftovers;
    this.#hasLeftovers = false;
    return hadLeftovers;
  }

  /** Ends when readers are served, and everything is written that was read. Rejects when aborted before. */
  hold(signal: AbortSignal): Promise<Hold> {
    return this.#hold.take(signal);
  }

  /** Ends when it serves readers: in this generation, when one is named. Rejects when aborted. */
  async whenServing(signal: AbortSignal, generation?: number): Promise<void> {
    const isServing = (): boolean => this.#status.state === 'live' || this.#status.state === 'behind';
    while (!isServing() || (generation !== undefined && this.#status.generation !== generation)) {
      signal.throwIfAborted();
      await delay(LOOK_MS, signal);
    }
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
    await this.#letters.sync();
    const opened = await openSink(this.#options, term);
    const { generation, highestGeneration, checkpoint, isNew, isLeftBehind } = opened;
    this.#rebuildReason = opened.rebuildReason;
    this.#set({ generation, highestGeneration, checkpoint });
    if (isLeftBehind) return this.#serve(signal);
    if (checkpoint.state === 'building') {
      this.#set({ state: 'building' });
      logger.info({ sink: sink.name, generation }, 'building the read model');
    }
    const onProgress = (progress: SinkStatus['build']) => this.#set({ build: progress });
    const from =
      checkpoint.state === 'building' ? await build(db, sink, checkpoint, { signal, onProgress }) : checkpoint;
    this.#hasLeftovers ||= isNew && generation > 1;
    this.#set({ state: 'live', checkpoint: from, build: null });
    logger.info({ sink: sink.name, generation, cursor: from.cursor }, 'following the stream');
    const ending = new AbortController();
    const attending = this.#attend(term, AbortSignal.any([signal, ending.signal]));
    try {
      await followStream(from, {
        ...{ db, sink, wakeUp, pollMs, announceMs, signal: AbortSignal.any([signal, this.#hold.running]) },
        onCommit: (...committed) => this.#committed(...committed),
      });
    } finally {
      ending.abort();
      await attending;
    }
    await this.#hold.stand(this.#status.checkpoint ?? from, signal);
  }

  /** Readers keep what there is, and are not told that it was newer, until the next generation takes its place. */
  async #serve(signal: AbortSignal): Promise<void> {
    const { sink, logger } = this.#options;
    const { generation, checkpoint } = this.#status;
    this.#set({ state: 'behind', build: null });
    logger.warn(
      { sink: sink.name, generation, reason: this.#rebuildReason },
      'the read model is old until it is rebuilt',
    );
    await untilAborted(AbortSignal.any([signal, this.#hold.running]));
    if (checkpoint) await this.#hold.stand(checkpoint, signal);
  }

  #attend({ identity }: Term, signal: AbortSignal): Promise<void> {
    const { sink, db, logger } = this.#options;
    const sourceOf = sourceFor(sink.name);
    const { history } = identity;
    return attendDeadLetters({ name: sink.name, sink, letters: this.#letters, db, sourceOf, history, logger, signal });
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
    this.liveDelay.add(Date.now() - (rows.at(-1)?.occurredAt.getTime() ?? 0));
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

/** The message with its causes: that a request failed says little without why. */
function describe(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${describe(error.cause)}` : error.message;
}
