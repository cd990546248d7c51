import type { Position } from '@eduplatform/contracts/positions';
import { positionOf, type Cursor } from './source/outbox-row.ts';
import type { DatabaseIdentity } from './leader/identity.ts';

/**
 * Where a sink stands, kept in the sink itself: restored from an older copy, it then resumes where *it* stands. It
 * names the very row and database it belongs to, so that another database is never taken for a continuation.
 */
export interface Checkpoint {
  /** building: the documents of some courses are still missing, and the stream has not begun. */
  state: 'building' | 'live';
  /** Everything before this is in the sink; while building, where the stream will begin. */
  cursor: Cursor;
  /** The last row that was applied; null when there was none since the build. */
  lastRow: (Cursor & { id: string }) | null;
  /** The last course that the build has finished, in the order of ids; null before the first. */
  builtUpTo: string | null;
  identity: DatabaseIdentity;
}

export const checkpointPosition = ({ identity, cursor }: Checkpoint): Position => positionOf(identity.history, cursor);

/** The first checkpoint of a build. `horizon` must have been read before anything was loaded. */
export const buildStart = (identity: DatabaseIdentity, horizon: Cursor): Checkpoint => ({
  state: 'building',
  cursor: horizon,
  lastRow: null,
  builtUpTo: null,
  identity,
});

/** After the rows up to and including `row`. */
export const afterRow = (checkpoint: Checkpoint, row: Cursor & { id: string }): Checkpoint => {
  const { transactionId, position, id } = row;
  return { ...checkpoint, cursor: { transactionId, position }, lastRow: { transactionId, position, id } };
};

/** After nothing was found before the horizon. A horizon that is not ahead changes nothing. */
export const atHorizon = (checkpoint: Checkpoint, horizon: Cursor): Checkpoint =>
  BigInt(horizon.transactionId) > BigInt(checkpoint.cursor.transactionId)
    ? { ...checkpoint, cursor: horizon }
    : checkpoint;

const isCursor = (value: unknown): value is Cursor =>
  typeof value === 'object' &&
  value !== null &&
  'transactionId' in value &&
  'position' in value &&
  /^\d+$/.test(String(value.transactionId)) &&
  /^\d+$/.test(String(value.position));

/** The inverse of JSON.stringify; null for anything that is not a checkpoint. */
export function parseCheckpoint(text: string | null | undefined): Checkpoint | null {
  if (!text) return null;
  let value: Partial<Checkpoint>;
  try {
    value = JSON.parse(text) as Partial<Checkpoint>;
  } catch {
    return null;
  }
  const isComplete =
    (value.state === 'building' || value.state === 'live') &&
    isCursor(value.cursor) &&
    (value.lastRow === null || isCursor(value.lastRow)) &&
    typeof value.identity?.history === 'number';
  return isComplete ? (value as Checkpoint) : null;
}
