import { setTimeout as delay } from 'node:timers/promises';
import type { Queryable } from '@eduplatform/db/transaction';

export const JOB_TIMEOUT_MS = 3_600_000;

/** Asks the leader for it as operators do; seconds from its begin to its end, comparison and swap included. */
export async function reindex(pool: Queryable, sink: 'redis' | 'search'): Promise<number> {
  const asked = await pool.query<{ id: string }>(
    "insert into indexer_jobs (kind, sink, params) values ('reindex', $1, '{}') returning id",
    [sink],
  );
  const deadline = performance.now() + JOB_TIMEOUT_MS;
  for (;;) {
    const { rows } = await pool.query<{ state: string; error: string | null; seconds: number | null }>(
      `select state, error, extract(epoch from finished_at - started_at)::float8 as seconds from indexer_jobs where id = $1`,
      [asked.rows[0]?.id],
    );
    const [job] = rows;
    if (job?.state === 'succeeded' && job.seconds !== null) return job.seconds;
    if (job?.state === 'failed' || job?.state === 'canceled') throw new Error(`the rebuild ${job.state}: ${job.error}`);
    if (performance.now() > deadline) throw new Error('the rebuild did not end');
    await delay(50);
  }
}
