import type pg from 'pg';
import type { Logger } from '@eduplatform/observability/logger';
import type { Queryable } from '@eduplatform/db/transaction';
import { checkpointPosition, parseCheckpoint, type Checkpoint } from '../checkpoint.ts';
import type { SinkName } from '../leader/generations.ts';
import { delay } from '../run/delay.ts';
import { positionOf } from '../source/outbox-row.ts';
import { decideRetention, type Ages, type Reader } from './decide.ts';
import { dropPartition, findPartitions, makePartitions, readTime } from './partitions.ts';

const EVERY_MS = 3_600_000;
/** A partition is not dropped while somebody holds it for long. */
const RETRY_MS = 60_000;

/** Where a sink stands, as far as this process knows. */
export interface Standing {
  sink: SinkName;
  checkpoint: Checkpoint | null;
  /** Of the generation beside it. */
  next: Checkpoint | null;
}

export interface RetentionOptions {
  pool: pg.Pool;
  standings: () => Standing[];
  ages: Ages;
  epoch: number;
  logger: Logger;
}

/** Keeps the outbox's partitions: made ahead, dropped when nobody needs them. Once an hour until aborted. */
export async function keepPartitions(options: RetentionOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let pauseMs = EVERY_MS;
    try {
      await retain(options);
    } catch (error) {
      options.logger.warn({ err: error }, 'the outbox could not be tidied; it is tried again in a minute');
      pauseMs = RETRY_MS;
    }
    await delay(pauseMs, signal);
  }
}

export async function retain({ pool, standings, ages, epoch, logger }: RetentionOptions): Promise<void> {
  await makePartitions(pool);
  const now = await readTime(pool);
  const partitions = await findPartitions(pool, now - ages.safetyMs);
  if (partitions.length === 0) return;
  const readers = await readersOf(pool, standings());
  if (!readers) {
    logger.info('where a rebuild stands is not known yet; the outbox is tidied later');
    return;
  }
  for (const decision of decideRetention(partitions, readers, ages, now)) {
    await dropPartition(pool, decision, epoch);
    const { partition, leftBehind } = decision;
    const details = { partition: partition.name, leftBehind: leftBehind.map(({ sink }) => sink) };
    if (leftBehind.length > 0) logger.error(details, 'a partition of the outbox was dropped before it was read');
    else logger.info(details, 'a partition of the outbox was dropped');
  }
}

const COPIES = `
  select s.sink, s.next_generation is not null as "hasNext", c.checkpoint::text as copy
  from indexer_sinks s left join indexer_checkpoints c on c.sink = s.sink`;

/** Null: there is a generation beside one of the sinks, and where it stands is not known. */
async function readersOf(db: Queryable, standings: readonly Standing[]): Promise<Reader[] | null> {
  const { rows } = await db.query<{ sink: string; hasNext: boolean; copy: string | null }>(COPIES);
  const known = new Map(rows.map((row) => [row.sink, row]));
  const readers: Reader[] = [];
  for (const { sink, checkpoint, next } of standings) {
    const row = known.get(sink);
    // A sink that cannot be reached stands where it was last seen; one that was never built needs no rows.
    const own = checkpoint ?? parseCheckpoint(row?.copy);
    if (own) readers.push(readerOf(sink, own, false));
    if (next) readers.push(readerOf(sink, next, true));
    else if (row?.hasNext) return null;
  }
  return readers;
}

function readerOf(sink: SinkName, checkpoint: Checkpoint, isNext: boolean): Reader {
  const { lastRow, identity } = checkpoint;
  return {
    sink,
    isNext,
    position: checkpointPosition(checkpoint),
    lastRow: lastRow && positionOf(identity.history, lastRow),
  };
}
