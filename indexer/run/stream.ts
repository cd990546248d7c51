import type { Queryable } from '@eduplatform/db/transaction';
import { afterRow, atHorizon, type Checkpoint } from '../checkpoint.ts';
import { ReopenError, type Applied, type Commit, type Sink } from '../sinks/sink.ts';
import type { OutboxRow } from '../source/outbox-row.ts';
import { readBatch } from '../source/read-batch.ts';
import type { WakeUp } from '../source/wake-up.ts';
import { nextBatchSize, SMALLEST_BATCH } from './batch-size.ts';
import { hasMissed } from './opening.ts';
import { isAnnouncementDue, pauseMs } from './pause.ts';
import { Pipeline } from './pipeline.ts';

export interface StreamOptions {
  db: Queryable;
  sink: Sink;
  wakeUp: WakeUp;
  pollMs: number;
  /** An idle sink tells the horizon at least this often, in milliseconds. */
  announceMs: number;
  signal: AbortSignal;
  /** Called after each commit. */
  onCommit: (commit: Commit, rows: OutboxRow[], applied: Applied) => void;
}

/**
 * Follows the outbox from the checkpoint until aborted, and tells the horizon when idle. While a batch is loaded and
 * written the next one is read; rejects with the first failure, when all that was under way has ended.
 */
export async function followStream(from: Checkpoint, options: StreamOptions): Promise<void> {
  const { db, sink, onCommit } = options;
  const failed = new AbortController();
  const pipeline = new Pipeline({ db, sink, onCommit, onFailure: () => failed.abort() });
  const signal = AbortSignal.any([options.signal, failed.signal]);
  try {
    await readAhead(from, pipeline, { ...options, signal });
  } finally {
    // What comes to an end by itself has to, before the sink may be closed.
    await pipeline.finish();
  }
}

async function readAhead(from: Checkpoint, pipeline: Pipeline, options: StreamOptions): Promise<void> {
  const { db, wakeUp, pollMs, announceMs, signal } = options;
  let checkpoint = from;
  let size = SMALLEST_BATCH;
  let heldBackLooks = 0;
  while (!signal.aborted) {
    const seen = wakeUp.calls;
    const batch = await readBatch(db, checkpoint.identity.history, checkpoint.cursor, size);
    if (hasMissed(checkpoint, batch.droppedUpTo)) throw new ReopenError('rows that it lacks were dropped');
    size = nextBatchSize(size, { rows: batch.rows.length, bytes: batch.bytes, isFull: batch.isFull });
    const last = batch.rows.at(-1);
    if (last) {
      heldBackLooks = 0;
      checkpoint = afterRow(checkpoint, last);
      await pipeline.submit(batch.rows, checkpoint);
      continue;
    }
    const next = atHorizon(checkpoint, batch.horizon);
    let sinceMs = pipeline.isIdle ? performance.now() - pipeline.committedAt : 0;
    if (isAnnouncementDue(sinceMs, pipeline.isIdle && next !== checkpoint, announceMs)) {
      checkpoint = next;
      await pipeline.submit([], next);
      sinceMs = 0;
    }
    heldBackLooks = batch.isHeldBack ? heldBackLooks + 1 : 0;
    await wakeUp.wait(seen, pauseMs({ pollMs, announceMs, sinceMs, heldBackLooks }), signal);
  }
}
