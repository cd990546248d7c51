import type pg from 'pg';
import { transaction, type Tx } from '@eduplatform/db/transaction';
import type { Logger } from '@eduplatform/observability/logger';
import { record } from '../commands/outcome.ts';
import { findLiveCourse } from '../courses/live-course.ts';
import { completeCourse } from './complete.ts';

export interface CompletionWorkerOptions {
  pool: pg.Pool;
  notifier: { wake(): void };
  logger: Logger;
  /** Enrollments that are looked at in one transaction; 500 unless told. */
  batchSize?: number;
}

const EVERY_MS = 2000;

/**
 * Completes courses for those who have done everything that is left after a publication took lessons out. Several
 * processes may do so at once.
 */
export function startCompletionWorker(options: CompletionWorkerOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const look = (): Promise<void> =>
    checkCompletions(options, stopping.signal).catch((error: unknown) =>
      options.logger.warn({ err: error }, 'completions could not be checked; it is tried again'),
    );
  let current = look();
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    current = current.then(look).finally(() => {
      isBusy = false;
    });
  }, EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await current;
    },
  };
}

interface Check {
  courseId: string;
  /** As text: times of Postgres are finer than ours. */
  requestedAt: string;
}

const LIST = `
  select course_id as "courseId", requested_at::text as "requestedAt"
  from completion_checks order by requested_at limit 100`;

/** Works on every check that is asked for, once. */
export async function checkCompletions(options: CompletionWorkerOptions, signal?: AbortSignal): Promise<void> {
  const { pool, notifier, batchSize = 500 } = options;
  const { rows } = await pool.query<Check>(LIST);
  for (const check of rows) {
    let after: string | null = FIRST;
    while (after !== null && !signal?.aborted) {
      const cursor: string = after;
      after = await transaction(pool, (tx) => checkBatch(tx, check, { after: cursor, batchSize }, new Date()));
      notifier.wake();
    }
  }
}

const FIRST = '00000000-0000-0000-0000-000000000000';

const CLAIM = `
  select 1 from completion_checks where course_id = $1 and requested_at = $2::timestamptz for update skip locked`;

const STUDENTS = `
  select user_id as "userId" from enrollments
  where course_id = $1 and revoked_at is null and user_id > $2
  order by user_id limit $3 for update`;

const DONE = `
  select list.user_id as "userId" from unnest($2::uuid[]) as list (user_id)
  join users u on u.id = list.user_id and u.deleted_at is null
  where not exists (select from completions c where c.user_id = list.user_id and c.course_id = $1)
    and not exists (
      select from payments p where p.user_id = list.user_id and p.course_id = $1 and p.status = 'refunding'
    )
    and cardinality($3::uuid[]) = (
      select count(*) from lesson_progress p
      where p.user_id = list.user_id and p.course_id = $1 and p.completed_at is not null and p.lesson_id = any ($3)
    )`;

/** One batch of students; answers the last of them, or null at the end. */
async function checkBatch(
  tx: Tx,
  { courseId, requestedAt }: Check,
  { after, batchSize }: { after: string; batchSize: number },
  now: Date,
): Promise<string | null> {
  // The course first, as publishing does, which asks for a check while it holds the course.
  const course = await findLiveCourse(tx, courseId);
  // Gone, asked for anew (then from the first student again), or another process is at it.
  if ((await tx.query(CLAIM, [courseId, requestedAt])).rowCount !== 1) return null;
  const lessonIds = course?.lessonIds ?? [];
  const students = course && lessonIds.length > 0 ? await idsOf(tx, STUDENTS, [courseId, after, batchSize]) : [];
  if (course && students.length > 0) {
    const done = await idsOf(tx, DONE, [courseId, students, lessonIds]);
    if (done.length > 0) await record(tx, (await completeCourse(tx, course, done, now)).events);
  }
  if (students.length === batchSize) return students.at(-1) ?? null;
  await tx.query('delete from completion_checks where course_id = $1', [courseId]);
  return null;
}

async function idsOf(tx: Tx, query: string, values: unknown[]): Promise<string[]> {
  const { rows } = await tx.query<{ userId: string }>(query, values);
  return rows.map(({ userId }) => userId);
}
