import type { Queryable } from '@eduplatform/db/transaction';
import { afterRow, atHorizon, checkpointPosition, type Checkpoint } from '../checkpoint.ts';
import type { Applied, Commit, Sink } from '../sinks/sink.ts';
import type { OutboxRow } from '../source/outbox-row.ts';
import { readBatch } from '../source/read-batch.ts';
import type { WakeUp } from '../source/wake-up.ts';
import { applyBatch } from './apply-batch.ts';
import { isAnnouncementDue, pauseMs } from './pause.ts';
import { traceBatch } from './trace-batch.ts';

/** Rows read at a time. While a batch is written the next ones gather, so under load batches grow by themselves. */
const BATCH_ROWS = 1000;

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

/** Follows the outbox from the checkpoint until aborted: read, apply, commit, and tell the horizon when idle. */
export async function followStream(from: Checkpoint, options: StreamOptions): Promise<void> {
  const { db, sink, wakeUp, pollMs, announceMs, signal, onCommit } = options;
  let checkpoint = from;
  let committedAt = Number.NEGATIVE_INFINITY;
  let heldBackLooks = 0;

  const commit = async (next: Checkpoint, rows: OutboxRow[]): Promise<void> => {
    const watermark = { position: checkpointPosition(next), at: new Date().toISOString() };
    const step = { checkpoint: next, watermark };
    const applied = await applyBatch(db, sink, rows, step);
    checkpoint = next;
    committedAt = performance.now();
    onCommit(step, rows, applied);
  };

  while (!signal.aborted) {
    const seen = wakeUp.calls;
    const batch = await readBatch(db, checkpoint.identity.history, checkpoint.cursor, BATCH_ROWS);
    const last = batch.rows.at(-1);
    if (last) {
      heldBackLooks = 0;
      await traceBatch(sink.name, batch.rows, () => commit(afterRow(checkpoint, last), batch.rows));
      continue;
    }
    const next = atHorizon(checkpoint, batch.horizon);
    if (isAnnouncementDue(performance.now() - committedAt, next !== checkpoint, announceMs)) await commit(next, []);
    heldBackLooks = batch.isHeldBack ? heldBackLooks + 1 : 0;
    const sinceMs = performance.now() - committedAt;
    await wakeUp.wait(seen, pauseMs({ pollMs, announceMs, sinceMs, heldBackLooks }), signal);
  }
}
