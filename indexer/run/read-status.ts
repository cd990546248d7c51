import type { Queryable } from '@eduplatform/db/transaction';
import { checkpointPosition } from '../checkpoint.ts';
import type { IndexerStatus } from '../app.ts';
import { readBacklog } from '../source/backlog.ts';
import { readHorizonHolder } from '../source/horizon.ts';
import type { SinkStatus } from './status.ts';

/** The status for operators: what the sinks know, and what Postgres says of the rows that wait for them. */
export async function readStatus(db: Queryable, epoch: number | null, sinks: SinkStatus[]): Promise<IndexerStatus> {
  const [holder, described] = await Promise.all([
    readHorizonHolder(db),
    Promise.all(sinks.map((sink) => describeSink(db, sink))),
  ]);
  return { epoch, isLeader: epoch !== null, horizonHolder: holder, sinks: described };
}

async function describeSink(db: Queryable, sink: SinkStatus): Promise<IndexerStatus['sinks'][number]> {
  const { name, state, generation, checkpoint, watermark, build, lastError } = sink;
  return {
    name,
    state,
    generation,
    position: checkpoint && checkpointPosition(checkpoint),
    watermarkAt: watermark?.at ?? null,
    lag: checkpoint && (await readBacklog(db, checkpoint.identity.history, checkpoint.cursor)),
    build,
    lastError,
  };
}
