import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import type { Checkpoint } from '../checkpoint.ts';
import type { SinkName } from '../leader/generations.ts';
import type { Projection } from '../projections/projection.ts';

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
}

/**
 * A read model. It takes a change only when the version is greater than what it holds, and nothing from a leader of
 * an earlier epoch. Used by one caller at a time.
 */
export interface Sink {
  readonly name: SinkName;
  /** What this sink keeps, in the order in which a build fills it. */
  readonly projections: readonly Projection[];
  /** Connects and claims the generation for this epoch. Throws FencedError when it knows a later epoch. */
  open(generation: number, epoch: number): Promise<Opened>;
  /** Makes an empty generation that begins with `checkpoint`, after `open`. */
  create(generation: number, checkpoint: Checkpoint): Promise<void>;
  /** Writes the changes, then what `commit` holds. When it resolves, readers find them. */
  apply(changes: DocumentChange[], commit: Commit | null): Promise<Applied>;
  close(): Promise<void>;
}
