import type { IndexerSink, IndexerStatus } from '@eduplatform/contracts/http/indexer';
import type { Queryable } from '@eduplatform/db/transaction';
import { listSinks, type SinkRecord } from '../admin/sinks.ts';
import { checkpointPosition } from '../checkpoint.ts';
import { lastSucceeded, type Job } from '../jobs/jobs.ts';
import { readBacklog, type Backlog } from '../source/backlog.ts';
import { readHorizonHolder, type HorizonHolder } from '../source/horizon.ts';
import type { SinkStatus } from './status.ts';

/** What Postgres tells of the sinks. */
interface Measured {
  holder: HorizonHolder | null;
  backlogs: (Backlog | null)[];
  records: SinkRecord[];
  verified: Job[];
  error: string | null;
}

/**
 * The status for operators: what the sinks know, what Postgres says of them and of the rows that wait, and how long the
 * queue of each engine is. When Postgres is away, its part is null and `databaseError` says why: the sinks' own state is
 * wanted all the more then.
 */
export async function readStatus(
  db: Queryable,
  epoch: number | null,
  sinks: SinkStatus[],
  readQueues: () => Promise<Map<string, number | null>>,
): Promise<IndexerStatus> {
  const [measured, queues] = await Promise.all([measure(db, sinks).catch(unmeasured), readQueues()]);
  return {
    epoch,
    isLeader: epoch !== null,
    databaseError: measured.error,
    horizonHolder: measured.holder,
    sinks: sinks.map((sink, index) => ({
      ...describeSink(sink),
      ...describeRecord(measured.records.find((record) => record.sink === sink.name)),
      lag: measured.backlogs[index] ?? null,
      tasksOutstanding: queues.get(sink.name) ?? null,
      lastVerify: describeVerify(measured.verified.find((job) => job.sink === sink.name)),
    })),
  };
}

const unmeasured = (failure: Error): Measured => ({
  holder: null,
  backlogs: [],
  records: [],
  verified: [],
  error: failure.message,
});

async function measure(db: Queryable, sinks: SinkStatus[]): Promise<Measured> {
  const [holder, backlogs, records, verified] = await Promise.all([
    readHorizonHolder(db),
    Promise.all(
      sinks.map(({ checkpoint }) => checkpoint && readBacklog(db, checkpoint.identity.history, checkpoint.cursor)),
    ),
    listSinks(db),
    lastSucceeded(db, 'verify'),
  ]);
  return { holder, backlogs, records, verified, error: null };
}

const describeSink = ({ name, state, generation, checkpoint, watermark, build, lastError }: SinkStatus) => ({
  ...{ name, state, generation, build, lastError },
  position: checkpoint && checkpointPosition(checkpoint),
  watermarkAt: watermark?.at ?? null,
});

const describeRecord = (record: SinkRecord | undefined) => ({
  previousGeneration: record?.previousGeneration ?? null,
  nextGeneration: record?.nextGeneration ?? null,
  isPaused: record?.isPaused ?? false,
  pausedAt: record?.pausedAt?.toISOString() ?? null,
  needsRebuild: record?.needsRebuild ?? null,
  deadLetters: record?.deadLetters ?? null,
});

function describeVerify(job: Job | undefined): IndexerSink['lastVerify'] {
  if (!job?.result || !job.finishedAt) return null;
  const { drift, mended } = job.result as { drift: number; mended: number };
  return { drift, mended, at: job.finishedAt.toISOString(), jobId: job.id };
}
