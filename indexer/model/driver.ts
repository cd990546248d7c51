import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { Position } from '@eduplatform/contracts/positions';
import type { Checkpoint } from '../checkpoint.ts';
import type { SinkKind } from './postgres.ts';
import type { Steps } from './steps.ts';

export interface ModelCommit {
  checkpoint: Checkpoint;
  watermark: Position | null;
}

export interface ModelOpened {
  checkpoint: Checkpoint | null;
  highestGeneration: number;
}

/** A sink as in production (`Sink`), request by request. */
export interface Driver {
  readonly name: SinkKind;
  open(generation: number, epoch: number): Steps<ModelOpened>;
  create(generation: number, checkpoint: Checkpoint): Steps<void>;
  apply(changes: readonly DocumentChange[], commit: ModelCommit | null): Steps<void>;
  removeGenerations(isGarbage: (generation: number) => boolean): Steps<void>;
  beside(): Driver;
}
