import { ZERO_POSITION, type Position } from '@eduplatform/contracts/positions';
import type { Queryable } from '@eduplatform/db/transaction';
import { build, type BuildOptions } from '../build/build.ts';
import { noteStart } from '../build/note-start.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { Term } from '../leader/identity.ts';
import { followStream } from '../run/stream.ts';
import { readDropped, readFound } from '../run/read-found.ts';
import { decideOpening, hasMissed, type Opening } from '../run/opening.ts';
import { ReopenError, type Sink } from '../sinks/sink.ts';
import { hasRowsBetween } from '../source/backlog.ts';
import { positionOf, type Cursor } from '../source/outbox-row.ts';
import type { WakeUp } from '../source/wake-up.ts';
import { delay } from '../run/delay.ts';

export interface NextGenerationOptions {
  db: Queryable;
  /** An instance of its own, of which readers are told nothing. */
  sink: Sink;
  wakeUp: WakeUp;
  pollMs: number;
  announceMs: number;
}

const LOOK_MS = 5;

/** The generation beside the one in use: opened or created, filled, and then following the stream by itself. */
export class NextGeneration {
  /** An instance of its own. */
  readonly sink: Sink;
  readonly #options: NextGenerationOptions;
  readonly #ending = new AbortController();
  #checkpoint: Checkpoint | null = null;
  #following: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(options: NextGenerationOptions) {
    this.#options = options;
    this.sink = options.sink;
  }

  /** Where it stands; it holds back retention. Null before it was opened. */
  get checkpoint(): Checkpoint | null {
    return this.#checkpoint;
  }

  /** Everything in it was loaded at or after this. */
  get horizon(): Position {
    const { builtFrom, identity } = this.#required();
    return builtFrom ? positionOf(identity.history, builtFrom) : ZERO_POSITION;
  }

  /** Opens what there is of it, and says what can be done with that. */
  async open(generation: number, { epoch, identity }: Term): Promise<Opening> {
    const { sink, db } = this.#options;
    const { checkpoint } = await sink.open(generation, epoch);
    const opening = decideOpening(await readFound(db, { checkpoint, identity, isMarked: false }));
    if (opening === 'continue') this.#checkpoint = checkpoint;
    return opening;
  }

  /** Begins it, empty, after `open`. */
  async create(generation: number, { identity }: Term): Promise<void> {
    const { sink, db } = this.#options;
    const checkpoint = await noteStart(db, identity);
    await sink.create(generation, checkpoint);
    this.#checkpoint = checkpoint;
  }

  /** Builds what is missing of it, then begins to follow the stream. */
  async fill(options: BuildOptions): Promise<void> {
    const { sink, db, wakeUp, pollMs, announceMs } = this.#options;
    const start = this.#required();
    const from = start.state === 'building' ? await build(db, sink, start, options) : start;
    this.#checkpoint = from;
    const signal = AbortSignal.any([options.signal, this.#ending.signal]);
    this.#following = followStream(from, {
      ...{ db, sink, wakeUp, pollMs, announceMs, signal },
      onCommit: ({ checkpoint }) => {
        this.#checkpoint = checkpoint;
      },
    }).catch((error: unknown) => {
      this.#failure = error;
    });
  }

  /** Ends when it has come as far as the cursor. Rejects when the stream failed, or when aborted. */
  async reach(cursor: Cursor, signal: AbortSignal, onLook?: (checkpoint: Checkpoint) => Promise<void>): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#failure) throw this.#failure;
      // Rows that were dropped lie between the two as well.
      const dropped = await readDropped(this.#options.db);
      if (hasMissed(this.#required(), dropped)) throw new ReopenError('rows that it lacks were dropped');
      const { cursor: own, identity } = this.#required();
      if (!(await hasRowsBetween(this.#options.db, identity.history, own, cursor))) return;
      await onLook?.(this.#required());
      await delay(LOOK_MS, signal);
    }
  }

  /** Lets what is under way end; then it stands still. Rejects when the stream failed. */
  async drain(): Promise<Checkpoint> {
    this.#ending.abort();
    await this.#following;
    if (this.#failure) throw this.#failure;
    return this.#required();
  }

  /** Ends it, whatever is under way. */
  async close(): Promise<void> {
    this.#ending.abort();
    await this.#following;
    await this.#options.sink.close();
  }

  #required(): Checkpoint {
    if (!this.#checkpoint) throw new Error('the next generation is not open');
    return this.#checkpoint;
  }
}
