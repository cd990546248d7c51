import type pg from 'pg';
import type { Logger } from '@eduplatform/observability/logger';
import type { Config } from '../config.ts';
import { beginJob, endJob, noteProgress, type Job } from '../jobs/jobs.ts';
import { delay } from '../run/delay.ts';
import type { SinkStatus } from '../run/status.ts';
import type { VerifyProgress } from './report.ts';
import { verifySink } from './verify-sink.ts';

const INTERVAL_MS = 500;

export interface VerifyJobsOptions {
  config: Pick<Config, 'redis' | 'search'>;
  pool: pg.Pool;
  sinks: () => SinkStatus[];
  epoch: number;
  logger: Logger;
  signal: AbortSignal;
}

/** Does the verifications that were asked for, one after another, until aborted. Only the leader may. */
export async function workOnVerifications(options: VerifyJobsOptions): Promise<void> {
  const { pool, sinks, logger, signal } = options;
  while (!signal.aborted) {
    try {
      const names = sinks().map(({ name }) => name as string);
      const job = await beginJob(pool, ['verify'], names);
      if (job) await carryOut(job, options);
    } catch (error) {
      logger.warn({ err: error }, 'a verification could not be begun or ended');
    }
    await delay(INTERVAL_MS, signal);
  }
}

async function carryOut(job: Job, options: VerifyJobsOptions): Promise<void> {
  const { config, pool, sinks, epoch, logger, signal } = options;
  const canceled = new AbortController();
  let progress: VerifyProgress | null = null;
  const reporting = new AbortController();
  const reports = report(job, () => progress, { pool, logger, canceled, signal: reporting.signal });
  try {
    const result = await verifySink({
      ...{ config, pool, epoch },
      status: () => statusOf(sinks(), job.sink),
      repairs: job.params['repair'] === true,
      signal: AbortSignal.any([signal, canceled.signal]),
      onProgress: (now) => (progress = now),
      onError: (error) => logger.warn({ err: error, sink: job.sink }, 'verifying: a connection failed'),
    });
    logger.info({ sink: job.sink, drift: result.drift, mended: result.mended }, 'the sink was verified');
    await endJob(pool, job.id, { state: 'succeeded', result });
  } catch (error) {
    // The next leader begins it again.
    if (signal.aborted) return;
    if (canceled.signal.aborted) return await endJob(pool, job.id, { state: 'canceled' });
    logger.warn({ err: error, sink: job.sink }, 'the sink could not be verified');
    await endJob(pool, job.id, { state: 'failed', error: (error as Error).message });
  } finally {
    reporting.abort();
    await reports;
  }
}

/** Writes down how far it is while it goes on, and hears whether it shall end. */
async function report(
  job: Job,
  progress: () => VerifyProgress | null,
  options: { pool: pg.Pool; logger: Logger; canceled: AbortController; signal: AbortSignal },
): Promise<void> {
  const { pool, logger, canceled, signal } = options;
  while (!signal.aborted) {
    try {
      if (await noteProgress(pool, job.id, progress() ?? {})) canceled.abort();
    } catch (error) {
      logger.warn({ err: error }, 'the progress of a verification could not be noted');
    }
    await delay(INTERVAL_MS, signal);
  }
}

function statusOf(sinks: SinkStatus[], name: string): SinkStatus {
  const status = sinks.find((sink) => sink.name === name);
  if (!status) throw new Error(`there is no sink called ${name}`);
  return status;
}
