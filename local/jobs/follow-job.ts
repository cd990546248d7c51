import { setTimeout as delay } from 'node:timers/promises';
import type { Queryable } from '@eduplatform/db/transaction';
import { cancelJob, findJob, type Job } from '@eduplatform/indexer/jobs/jobs';

const LOOK_MS = 200;
/** The leader looks for jobs every second. */
const BEGIN_MS = 15_000;

/**
 * Waits until a job has ended, telling how far it is. When nobody takes it on in time it is canceled and an error thrown;
 * when aborted it is canceled, and the rest of it waited for.
 */
export async function followJob(
  db: Queryable,
  id: string,
  { onProgress, signal }: { onProgress: (job: Job) => void; signal: AbortSignal },
): Promise<Job> {
  const begunBy = performance.now() + BEGIN_MS;
  let isCanceled = false;
  for (;;) {
    const job = await findJob(db, id);
    if (!job) throw new Error('the job is gone');
    if (job.finishedAt !== null) return job;
    onProgress(job);
    if (signal.aborted && !isCanceled) {
      isCanceled = true;
      await cancelJob(db, id);
    }
    if (job.state === 'requested' && performance.now() > begunBy) {
      await cancelJob(db, id);
      throw new Error(
        `no indexer has taken it on in ${BEGIN_MS / 1000} s: is one running, with a sink called ${job.sink}?`,
      );
    }
    await delay(LOOK_MS);
  }
}
