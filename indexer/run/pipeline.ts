import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { Queryable } from '@eduplatform/db/transaction';
import { checkpointPosition, type Checkpoint } from '../checkpoint.ts';
import { sumOf, type Applied, type Commit, type Sink } from '../sinks/sink.ts';
import type { OutboxRow } from '../source/outbox-row.ts';
import { loadParts } from './load-parts.ts';
import { Room } from './room.ts';
import { traceBatch } from './trace-batch.ts';

/** Documents that were loaded and are not in the sink yet, in characters. */
const MAX_SIZE = 8_000_000;
/** What a document weighs beside its body. */
const OVERHEAD = 500;

export interface PipelineOptions {
  db: Queryable;
  sink: Pick<Sink, 'name' | 'projections' | 'apply' | 'callsAtOnce'>;
  /** Called after each commit, in their order. */
  onCommit: (commit: Commit, rows: OutboxRow[], applied: Applied) => void;
  /** Called once, when something has failed: nothing is applied any more. */
  onFailure: () => void;
}

/**
 * Lets reading, loading and writing overlap. Batches are loaded one after the other, so that of two versions of a document
 * the later was loaded later, and handed to the sink in that order; how many writes are under way is bounded. After a
 * failure nothing more is begun.
 */
export class Pipeline {
  readonly #options: PipelineOptions;
  readonly #room: Room;
  readonly #underWay = new Set<Promise<void>>();
  #loading: Promise<void> = Promise.resolve();
  #failure: { error: unknown } | undefined;
  #committedAt = Number.NEGATIVE_INFINITY;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#room = new Room({ maxSize: MAX_SIZE, maxItems: options.sink.callsAtOnce });
  }

  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  get isIdle(): boolean {
    return this.#underWay.size === 0;
  }

  /** When the last commit was done, by `performance.now()`. */
  get committedAt(): number {
    return this.#committedAt;
  }

  /** Begins to apply the rows, which end at `checkpoint`. Resolves when the batch before has been loaded. */
  async submit(rows: OutboxRow[], checkpoint: Checkpoint): Promise<void> {
    await this.#loading;
    if (this.#failure) return;
    let loaded = (): void => {};
    this.#loading = new Promise((resolve) => (loaded = resolve));
    const work = traceBatch(this.#options.sink.name, rows, () => this.#apply(rows, checkpoint, loaded))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        loaded();
        this.#underWay.delete(work);
      });
    this.#underWay.add(work);
  }

  /** Waits for what is under way. Throws the first failure. */
  async finish(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    if (this.#failure) throw this.#failure.error;
  }

  async #apply(rows: OutboxRow[], checkpoint: Checkpoint, loaded: () => void): Promise<void> {
    const { db, sink, onCommit } = this.#options;
    const writes: Promise<Applied>[] = [];
    let waiting: DocumentChange[] = [];
    for await (const part of loadParts(db, sink.projections, rows)) {
      if (this.#failure) break;
      if (waiting.length > 0) writes.push((await this.#write(waiting, null)).done);
      waiting = part;
    }
    const step = { checkpoint, watermark: { position: checkpointPosition(checkpoint), at: new Date().toISOString() } };
    if (!this.#failure) writes.push((await this.#write(waiting, step)).done);
    loaded();
    const applied = await Promise.all(writes);
    // After a failure elsewhere not all of it was written.
    if (this.#failure) return;
    this.#committedAt = performance.now();
    onCommit(step, rows, sumOf(applied));
  }

  /** Waits for room and hands the documents over; `done` tells when they are written. */
  async #write(changes: DocumentChange[], commit: Commit | null): Promise<{ done: Promise<Applied> }> {
    const size = changes.reduce((all, change) => all + sizeOf(change), 0);
    await this.#room.take(size);
    const done = this.#options.sink.apply(changes, commit).finally(() => this.#room.give(size));
    const ended = done
      .then(
        () => undefined,
        (error: unknown) => this.#fail(error),
      )
      .finally(() => this.#underWay.delete(ended));
    this.#underWay.add(ended);
    return { done };
  }

  #fail(error: unknown): void {
    if (this.#failure) return;
    this.#failure = { error };
    this.#options.onFailure();
  }
}

const sizeOf = (change: DocumentChange): number => OVERHEAD + ('body' in change ? change.body.length : 0);
