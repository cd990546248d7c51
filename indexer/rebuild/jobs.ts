import type { SinkName } from '../leader/generations.ts';
import type { Queryable } from '@eduplatform/db/transaction';

export type RebuildPhase = 'waiting' | 'backfill' | 'catch-up' | 'comparing' | 'cutover' | 'cleanup';

/** As operators see it, in indexer_jobs.progress. */
export interface RebuildProgress {
  phase: RebuildPhase;
  /** Documents' sources that are built, rows that are caught up with, or documents compared. */
  done: number;
  /** An estimate; 0 where nothing can be said. */
  total: number;
  ratePerSecond: number;
  /** The generation being built. */
  generation: number | null;
  /** Why the last attempt failed; it is tried again. */
  problem: string | null;
}

export interface Job {
  id: string;
  kind: 'reindex' | 'rollback';
  progress: Partial<RebuildProgress>;
  isCancelRequested: boolean;
}

const FIND = `
  select id, kind, progress, cancel_requested_at is not null as "isCancelRequested"
  from indexer_jobs
  where sink = $1 and kind in ('reindex', 'rollback') and state in ('requested', 'running')`;

/** What operators want of a sink's generations now, or null; there is one such job at a time. */
export async function findJob(db: Queryable, sink: SinkName): Promise<Job | null> {
  const { rows } = await db.query<Job>(FIND, [sink]);
  return rows[0] ?? null;
}

const START = `
  update indexer_jobs set state = 'running', started_at = coalesce(started_at, now())
  where id = $1 and state in ('requested', 'running')`;

/** Takes the job on; false when it was canceled before. */
export async function startJob(db: Queryable, id: string): Promise<boolean> {
  return (await db.query(START, [id])).rowCount === 1;
}

const NOTE = `update indexer_jobs set progress = progress || $2 where id = $1 and state = 'running'`;

export async function noteProgress(db: Queryable, id: string, progress: Partial<RebuildProgress>): Promise<void> {
  await db.query(NOTE, [id, JSON.stringify(progress)]);
}

const FINISH = `
  update indexer_jobs set state = $2, result = $3, error = left($4, 4000), finished_at = now()
  where id = $1 and state in ('requested', 'running')`;

export async function finishJob(
  db: Queryable,
  id: string,
  end: { state: 'succeeded' | 'failed' | 'canceled'; result?: unknown; error?: string },
): Promise<void> {
  await db.query(FINISH, [id, end.state, end.result === undefined ? null : JSON.stringify(end.result), end.error]);
}

// Not at once again after one that failed: it would most likely fail in the same way.
const ASK_AUTOMATICALLY = `
  insert into indexer_jobs (kind, sink, params)
  select 'reindex', $1, jsonb_build_object('reason', $2::text)
  where not exists (
    select from indexer_jobs
    where sink = $1 and kind = 'reindex' and state in ('failed', 'canceled') and finished_at > now() - interval '10 minutes'
  )
  on conflict (sink) where state in ('requested', 'running') do nothing
  returning id`;

/** The leader itself wants a rebuild. Answers whether it is to be, now; false while another job is under way, or has just failed. */
export async function requestRebuild(db: Queryable, sink: SinkName, reason: string): Promise<boolean> {
  const { rowCount } = await db.query(ASK_AUTOMATICALLY, [sink, reason]);
  return rowCount === 1;
}

const REPLAY = 'update dead_letters set replay_requested_at = coalesce(replay_requested_at, now()) where sink = $1';

/** The new generation may hold what the one before it refused. */
export async function replayDeadLetters(db: Queryable, sink: SinkName): Promise<void> {
  await db.query(REPLAY, [sink]);
}
