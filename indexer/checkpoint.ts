import type { Position } from '@eduplatform/contracts/positions';
import { positionOf, type Cursor } from './source/outbox-row.ts';
import type { DatabaseIdentity } from './leader/identity.ts';

/**
 * Where a sink stands, kept in the sink itself: restored from an older copy, it then resumes where *it* stands. It
 * names the very row and database it belongs to, so that another database is never taken for a continuation.
 */
export interface Checkpoint {
  /** building: some documents are still missing, and the stream has not begun. */
  state: 'building' | 'live';
  /** Everything before this is in the sink; while building, where the stream will begin. */
  cursor: Cursor;
  /** The last row that was applied; null when there was none since the build. */
  lastRow: (Cursor & { id: string }) | null;
  /** What the build has finished; null before the first page. */
  builtUpTo: BuildMark | null;
  identity: DatabaseIdentity;
  /** The horizon of its build: everything in the sink was loaded at or after it. */
  builtFrom?: Cursor;
  /** Number of the model that the sink was built by; 0 where none was written yet. Another one: it has to be built anew. */
  model: number;
}

/** The last key that a build has finished, in the order of kinds and within the kind. */
export interface BuildMark {
  kind: string;
  key: string;
}

export const checkpointPosition = ({ identity, cursor }: Checkpoint): Position => positionOf(identity.history, cursor);

/** The first checkpoint of a build. `horizon` must have been read before anything was loaded. */
export const buildStart = (identity: DatabaseIdentity, horizon: Cursor, model: number): Checkpoint => ({
  state: 'building',
  cursor: horizon,
  lastRow: null,
  builtUpTo: null,
  builtFrom: horizon,
  identity,
  model,
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

const isMark = (value: unknown): value is BuildMark =>
  typeof value === 'object' && value !== null && 'kind' in value && 'key' in value;

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
  if (!isComplete) return null;
  const { model = 0, builtUpTo } = value;
  return { ...(value as Checkpoint), model, builtUpTo: isMark(builtUpTo) ? builtUpTo : null };
}
