import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import type { Checkpoint } from '../checkpoint.ts';
import type { SinkName } from '../leader/generations.ts';
import type { Projection } from '../projections/projection.ts';
import type { HeldView } from './held-view.ts';
import type { RefusalBook } from './refusals.ts';

/** The sink knows a later epoch: a newer leader writes to it, or Postgres is younger than the sink. */
export class FencedError extends Error {
  /** The epoch that the sink holds. */
  readonly heldEpoch: number;

  constructor(detail: string, heldEpoch: number) {
    super(`a newer leader took over: ${detail}`);
    this.name = 'FencedError';
    this.heldEpoch = heldEpoch;
  }
}

/** The sink is not as it was left (flushed, restarted from an older copy): open it again and see where it stands. */
export class ReopenError extends Error {
  constructor(detail: string) {
    super(`the sink has to be opened again: ${detail}`);
    this.name = 'ReopenError';
  }
}

export interface Opened {
  /** Null: there is nothing in this generation that could be continued. */
  checkpoint: Checkpoint | null;
  /** The highest generation that the sink has ever seen. */
  highestGeneration: number;
}

/** What is written together with the last changes of a batch. */
export interface Commit {
  checkpoint: Checkpoint;
  /** What readers are told; null while the first build runs. */
  watermark: SinkWatermark | null;
}

export interface Applied {
  sent: number;
  /** Not sent, since the sink holds the same content. */
  unchanged: number;
  /** Refused, since the sink holds the same or a greater version. */
  stale: number;
  /** Put down as dead letters. */
  refused: number;
}

export const NOTHING_APPLIED: Applied = { sent: 0, unchanged: 0, stale: 0, refused: 0 };

export const sumOf = (all: readonly Applied[]): Applied =>
  all.reduce(
    (sum, { sent, unchanged, stale, refused }) => ({
      sent: sum.sent + sent,
      unchanged: sum.unchanged + unchanged,
      stale: sum.stale + stale,
      refused: sum.refused + refused,
    }),
    NOTHING_APPLIED,
  );

/**
 * A read model. It takes a change only when the version is greater than what it holds, and nothing from a leader of
 * an earlier epoch. `open`, `create` and `close` only while no `apply` is under way.
 */
export interface Sink {
  readonly name: SinkName;
  /** Calls of `apply` that it makes sense to have under way at once. */
  readonly callsAtOnce: number;
  /** What this sink keeps, in the order in which a build fills it. */
  readonly projections: readonly Projection[];
  /** Connects and claims the generation for this epoch. Throws FencedError when it knows a later epoch. */
  open(generation: number, epoch: number): Promise<Opened>;
  /** Makes an empty generation that begins with `checkpoint`, after `open`. */
  create(generation: number, checkpoint: Checkpoint): Promise<void>;
  /** Where documents are put down that it refuses; null: a refusal is a failure. */
  refusals: RefusalBook | null;
  /**
   * Writes the changes, then what `commit` holds. When it resolves, readers find them. Calls may overlap: no later one
   * overtakes an earlier one for the same key, commits take effect in the order of calls, and after a failure all later
   * calls fail until the sink is opened again.
   */
  apply(changes: DocumentChange[], commit: Commit | null): Promise<Applied>;
  /** Readers are told that what they find of these documents is old, or (`isDead` false) that it is not any more. */
  mark(keys: readonly string[], isDead: boolean): Promise<void>;
  close(): Promise<void>;
  /** A look into what it has open. */
  readonly held: HeldView;
  /** Another instance, for a generation beside the one in use: readers are told nothing of it. */
  beside(): Sink;
  /** Removes generations in bounded steps; works whether this is open or not, and may be repeated. */
  removeGenerations(isGarbage: (generation: number) => boolean): Promise<void>;
}
