/** Rows to ask for when little is waiting: the first of them need not wait for the last. */
export const SMALLEST_BATCH = 250;
/** Larger ones collapse more events into one document, and take longer until any of it can be seen. */
const LARGEST_BATCH = 8_000;
/** Of the payloads of one batch, in bytes; they are all in memory. */
const LARGEST_BYTES = 4_000_000;

export interface BatchRead {
  rows: number;
  /** Of the payloads together. */
  bytes: number;
  /** There were as many rows as were asked for. */
  isFull: boolean;
}

/** Rows to ask for after a batch: twice as many as long as there is a backlog, and few once it is gone. */
export function nextBatchSize(size: number, { rows, bytes, isFull }: BatchRead): number {
  const wanted = isFull ? size * 2 : SMALLEST_BATCH;
  const fitting = rows > 0 ? Math.floor((LARGEST_BYTES / Math.max(bytes, 1)) * rows) : LARGEST_BATCH;
  return Math.max(1, Math.min(wanted, fitting, LARGEST_BATCH));
}
