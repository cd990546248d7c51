import type { Meilisearch } from 'meilisearch';
import type { Position } from '@eduplatform/contracts/positions';
import type { SearchTombstone } from '@eduplatform/contracts/search-index';
import { checkpointPosition, type Checkpoint } from '../../checkpoint.ts';
import { ReopenError } from '../sink.ts';
import { TaskOrder } from './task-order.ts';
import { succeeded } from './tasks.ts';

export const CHECKPOINT_ID = 'checkpoint';

/** The sink's checkpoint as a document. */
export interface CheckpointDocument {
  id: typeof CHECKPOINT_ID;
  kind: 'checkpoint';
  json: string;
}

/** Each task costs the engine time that documents could have, so the checkpoint is written at most this often … */
const BUSY_MS = 1000;
/** … and when nothing but the horizon moved, this often: reading no rows again costs nothing. */
const IDLE_MS = 60_000;

/**
 * Writes the checkpoint and the tombstones behind the documents, without holding up the next batch. It may lag: rows
 * that are applied again change nothing. A failure shows at the next call.
 */
export class MetaWriter {
  readonly #client: Meilisearch;
  readonly #index: string;
  #tombstones = new Map<string, SearchTombstone>();
  #checkpoint: Checkpoint | undefined;
  #writing: Promise<void> | undefined;
  #failure: unknown;
  #writtenAt = Number.NEGATIVE_INFINITY;
  #writtenRow = '';
  #written: Position = '';
  readonly #order = new TaskOrder();

  constructor(client: Meilisearch, index: string) {
    this.#client = client;
    this.#index = index;
  }

  /** The checkpoint that the engine holds for certain; '' before the first. */
  get written(): Position {
    return this.#written;
  }

  bury(tombstones: SearchTombstone[]): void {
    for (const tombstone of tombstones) this.#tombstones.set(tombstone.id, tombstone);
  }

  /** Notes the checkpoint and begins to write it when it is time. Throws when the last write failed. */
  note(checkpoint: Checkpoint): void {
    if (this.#failure) throw this.#failure;
    this.#checkpoint = checkpoint;
    const isMoved = this.#tombstones.size > 0 || rowOf(checkpoint) !== this.#writtenRow;
    const age = performance.now() - this.#writtenAt;
    if (!this.#writing && age >= (isMoved ? BUSY_MS : IDLE_MS)) this.#begin();
  }

  /** Ends when everything that was noted has been written. */
  async flush(): Promise<void> {
    await this.#writing;
    if (this.#failure) throw this.#failure;
    if (!this.#checkpoint) return;
    this.#begin();
    await this.flush();
  }

  #begin(): void {
    const tombstones = [...this.#tombstones.values()];
    const checkpoint = this.#checkpoint;
    if (!checkpoint) return;
    this.#tombstones.clear();
    this.#checkpoint = undefined;
    this.#writtenAt = performance.now();
    this.#writtenRow = rowOf(checkpoint);
    const document: CheckpointDocument = { id: CHECKPOINT_ID, kind: 'checkpoint', json: JSON.stringify(checkpoint) };
    const lines = [document, ...tombstones].map((entry) => JSON.stringify(entry)).join('\n');
    this.#writing = this.#write(lines)
      .then(() => {
        this.#written = checkpointPosition(checkpoint);
      })
      .catch((error: unknown) => {
        this.#failure = error;
      })
      .finally(() => {
        this.#writing = undefined;
      });
  }

  async #write(lines: string): Promise<void> {
    const index = this.#client.index(this.#index);
    const task = await index.addDocumentsFromString(lines, 'application/x-ndjson');
    if (this.#order.isSetBack([task.taskUid])) {
      // This checkpoint is ahead of the documents that are now there: without it, all is built anew.
      await succeeded(this.#client, index.deleteDocument(CHECKPOINT_ID));
      throw new ReopenError('the server was set back');
    }
    await succeeded(this.#client, Promise.resolve(task));
  }
}

/** What makes a checkpoint worth writing; the horizon alone does not. */
const rowOf = ({ state, lastRow, builtUpTo }: Checkpoint): string =>
  [state, lastRow?.id ?? '', builtUpTo?.kind ?? '', builtUpTo?.key ?? ''].join('/');
