import type { Queryable } from '@eduplatform/db/transaction';
import type { OutboxRow } from '../source/outbox-row.ts';
import type { Unversioned } from './draft-change.ts';

/** What an event has for a projection to look at. */
export type EventRow = Pick<OutboxRow, 'type' | 'payload'>;

/** Documents that are loaded together: bounded, however much was touched. */
export interface Page {
  /** The last key in the order of a build, as text; a build that was cut short goes on behind it. */
  last: string;
  /** Keys in it. */
  size: number;
  /** The documents as they stand now, with tombstones for keys behind which there is nothing (any more). */
  load(): Promise<Unversioned[]>;
}

/**
 * One kind of documents of a read model: which of them events touch, and all of them for a build. Both load in the same
 * way, so a rebuilt read model is the one that the stream has made.
 */
export interface Projection {
  /** Its name in the checkpoint of a build. */
  readonly kind: string;
  /** Keys that a build has to do; may be an estimate. */
  count(db: Queryable): Promise<number>;
  /** Every page behind a key, in the order of keys; null: from the first. */
  all(db: Queryable, after: string | null): AsyncIterable<Page>;
  /** The documents of these keys as they stand now, and what buries those that are no more. */
  load(db: Queryable, keys: readonly string[]): Promise<Unversioned[]>;
  /** What the events touch; of two that touch one document, one remains. */
  touched(db: Queryable, rows: readonly EventRow[]): AsyncIterable<Page>;
}
