import type { Logger } from '@eduplatform/observability/logger';
import type { Queryable } from '@eduplatform/db/transaction';
import type { Checkpoint } from '../checkpoint.ts';
import { readBacklog, type Backlog } from '../source/backlog.ts';
import { readHorizonHolder } from '../source/horizon.ts';
import { delay } from './delay.ts';
import type { LagHistory } from './lag-history.ts';
import { metrics } from './metrics.ts';
import type { SinkStatus } from './status.ts';

const INTERVAL_MS = 5_000;
/** An old writing transaction holds back every reader of the stream: worth a line in the log. */
const OLD_SECONDS = 10;

/** The sinks' own checkpoints are those that count; this copy is for operators. */
const COPY_CHECKPOINT = `
  insert into indexer_checkpoints (sink, generation, checkpoint) values ($1, $2, $3)
  on conflict (sink) do update
  set generation = excluded.generation, checkpoint = excluded.checkpoint, updated_at = now()`;

/** Measures backlog and horizon and copies the checkpoints, every few seconds until aborted. */
export async function sample(
  db: Queryable,
  sinks: () => SinkStatus[],
  logger: Logger,
  signal: AbortSignal,
  history: LagHistory,
): Promise<void> {
  const copied = new Map<string, string>();
  while (!signal.aborted) {
    try {
      for (const sink of sinks()) {
        if (!sink.checkpoint) continue;
        history.add(sink.name, await measure(db, sink, sink.checkpoint));
        await copyCheckpoint(db, sink, sink.checkpoint, copied);
      }
      const holder = await readHorizonHolder(db);
      metrics.horizonAge.set(holder?.seconds ?? 0);
      if (holder && holder.seconds > OLD_SECONDS) logger.warn({ holder }, 'a long transaction holds back the stream');
    } catch (error) {
      logger.warn({ err: error }, 'the backlog could not be measured');
    }
    await delay(INTERVAL_MS, signal);
  }
}

async function measure(db: Queryable, { name }: SinkStatus, { identity, cursor }: Checkpoint): Promise<Backlog> {
  const backlog = await readBacklog(db, identity.history, cursor);
  metrics.backlogRows.set({ sink: name }, backlog.rows);
  metrics.oldestUnapplied.set({ sink: name }, backlog.seconds);
  return backlog;
}

/** Only when a row was applied since: the copy is itself a transaction, which moves the horizon. */
async function copyCheckpoint(
  db: Queryable,
  { name, generation }: SinkStatus,
  checkpoint: Checkpoint,
  copied: Map<string, string>,
): Promise<void> {
  const mark = `${generation}/${checkpoint.state}/${checkpoint.lastRow?.id ?? ''}`;
  if (copied.get(name) === mark) return;
  await db.query(COPY_CHECKPOINT, [name, generation, JSON.stringify(checkpoint)]);
  copied.set(name, mark);
}
