import type { Queryable } from '@eduplatform/db/transaction';
import { sqlState } from '@eduplatform/db/transaction';

export const JOB_KINDS = ['reindex', 'rollback', 'verify'] as const;
export type JobKind = (typeof JOB_KINDS)[number];
export const JOB_STATES = ['requested', 'running', 'succeeded', 'failed', 'canceled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** What operators asked of the indexer. The leader does it, and the next leader goes on with what was begun. */
export interface Job {
  id: string;
  kind: JobKind;
  sink: string;
  params: Record<string, unknown>;
  state: JobState;
  isCancelRequested: boolean;
  progress: Record<string, unknown>;
  result: Record<string, unknown> | null;
  error: string | null;
  /** Null: on the command line. */
  requestedBy: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

const COLUMNS = `
  id, kind, sink, params, state, cancel_requested_at is not null as "isCancelRequested", progress, result, error,
  requested_by as "requestedBy", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

const REQUEST = `
  insert into indexer_jobs (kind, sink, params, requested_by) values ($1, $2, $3, $4) returning ${COLUMNS}`;

/** There is a job for this sink already, and it has not ended. */
export class JobConflictError extends Error {
  override name = 'JobConflictError';
}

/** Asks for a job. Throws JobConflictError while another one for the sink has not ended. */
export async function requestJob(
  db: Queryable,
  { kind, sink, params, requestedBy }: Pick<Job, 'kind' | 'sink' | 'params' | 'requestedBy'>,
): Promise<Job> {
  try {
    return one(await db.query<Job>(REQUEST, [kind, sink, JSON.stringify(params), requestedBy]));
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    throw new JobConflictError(`a job for ${sink} has not ended yet`, { cause: error });
  }
}

const FIND = `select ${COLUMNS} from indexer_jobs where id = $1`;

export async function findJob(db: Queryable, id: string): Promise<Job | null> {
  return (await db.query<Job>(FIND, [id])).rows[0] ?? null;
}

const LIST = `
  select ${COLUMNS} from indexer_jobs where $1::uuid is null or id < $1 order by id desc limit $2`;

/** The newest first. */
export async function listJobs(db: Queryable, after: string | null, limit: number): Promise<Job[]> {
  return (await db.query<Job>(LIST, [after, limit])).rows;
}

// What nobody has begun ends at once; what runs is ended by the leader.
const CANCEL = `
  update indexer_jobs
  set cancel_requested_at = coalesce(cancel_requested_at, now()),
      state = case when state = 'requested' then 'canceled' else state end,
      finished_at = case when state = 'requested' then now() else finished_at end
  where id = $1 and state in ('requested', 'running') returning ${COLUMNS}`;

/** Wants a job to end; null when it has ended already or never was. */
export async function cancelJob(db: Queryable, id: string): Promise<Job | null> {
  return (await db.query<Job>(CANCEL, [id])).rows[0] ?? null;
}

const NEXT = `
  select id from indexer_jobs
  where kind = any($1) and sink = any($2) and state in ('requested', 'running') order by id limit 1`;

const BEGIN = `
  update indexer_jobs set state = 'running', started_at = coalesce(started_at, now())
  where id = $1 and state in ('requested', 'running') returning ${COLUMNS}`;

/** Takes on the oldest job of these kinds that has not ended, also one that an earlier leader began. Only the leader may. */
export async function beginJob(db: Queryable, kinds: JobKind[], sinks: string[]): Promise<Job | null> {
  // Looked for first: an update that finds nothing is a writing transaction all the same.
  const { rows } = await db.query<{ id: string }>(NEXT, [kinds, sinks]);
  return rows[0] ? ((await db.query<Job>(BEGIN, [rows[0].id])).rows[0] ?? null) : null;
}

const PROGRESS = `
  update indexer_jobs set progress = $2 where id = $1 and state = 'running'
  returning cancel_requested_at is not null as "isCancelRequested"`;

/** Notes how far a job is; answers whether it shall end. */
export async function noteProgress(db: Queryable, id: string, progress: object): Promise<boolean> {
  const { rows } = await db.query<{ isCancelRequested: boolean }>(PROGRESS, [id, JSON.stringify(progress)]);
  return rows[0]?.isCancelRequested ?? true;
}

const END = `
  update indexer_jobs set state = $2, result = $3, error = left($4, 4000), finished_at = now()
  where id = $1 and state = 'running'`;

export type JobEnd =
  | { state: 'succeeded'; result: object }
  | { state: 'failed'; error: string; result?: object }
  | { state: 'canceled'; result?: object };

export async function endJob(db: Queryable, id: string, end: JobEnd): Promise<void> {
  const result = end.result ? JSON.stringify(end.result) : null;
  await db.query(END, [id, end.state, result, end.state === 'failed' ? end.error : null]);
}

const LAST = `
  select distinct on (sink) ${COLUMNS} from indexer_jobs
  where kind = $1 and state = 'succeeded' order by sink, id desc`;

/** The last job of a kind that succeeded, for each sink. */
export async function lastSucceeded(db: Queryable, kind: JobKind): Promise<Job[]> {
  return (await db.query<Job>(LAST, [kind])).rows;
}

function one({ rows }: { rows: Job[] }): Job {
  if (!rows[0]) throw new Error('no job was stored');
  return rows[0];
}
