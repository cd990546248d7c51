import type { Queryable } from '@eduplatform/db/transaction';
import type { IndexerStatus } from '../app.ts';
import { checkpointPosition } from '../checkpoint.ts';
import { readBacklog, type Backlog } from '../source/backlog.ts';
import { readHorizonHolder, type HorizonHolder } from '../source/horizon.ts';
import type { SinkStatus } from './status.ts';

interface Measured {
  holder: HorizonHolder | null;
  backlogs: (Backlog | null)[];
  error: string | null;
}

/**
 * The status for operators: what the sinks know, and what Postgres says of the rows that wait for them. When Postgres
 * is away, that part is null and `databaseError` says why: the sinks' own state is wanted all the more then.
 */
export async function readStatus(db: Queryable, epoch: number | null, sinks: SinkStatus[]): Promise<IndexerStatus> {
  const { holder, backlogs, error } = await measure(db, sinks).catch((failure: Error): Measured => ({
    holder: null,
    backlogs: [],
    error: failure.message,
  }));
  return {
    epoch,
    isLeader: epoch !== null,
    databaseError: error,
    horizonHolder: holder,
    sinks: sinks.map((sink, index) => describeSink(sink, backlogs[index] ?? null)),
  };
}

async function measure(db: Queryable, sinks: SinkStatus[]): Promise<Measured> {
  const [holder, backlogs] = await Promise.all([
    readHorizonHolder(db),
    Promise.all(
      sinks.map(({ checkpoint }) => checkpoint && readBacklog(db, checkpoint.identity.history, checkpoint.cursor)),
    ),
  ]);
  return { holder, backlogs, error: null };
}

function describeSink(sink: SinkStatus, lag: Backlog | null): IndexerStatus['sinks'][number] {
  const { name, state, generation, checkpoint, watermark, build, lastError } = sink;
  return {
    name,
    state,
    generation,
    position: checkpoint && checkpointPosition(checkpoint),
    watermarkAt: watermark?.at ?? null,
    lag,
    build,
    lastError,
  };
}
