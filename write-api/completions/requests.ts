import type { Tx } from '@eduplatform/db/transaction';

/** Asks the worker to complete the course for who has done everything in it by now. */
export const requestCompletionCheck = (tx: Tx, courseId: string) =>
  tx.query(
    `insert into completion_checks (course_id, requested_at) values ($1, clock_timestamp())
     on conflict (course_id) do update set requested_at = excluded.requested_at`,
    [courseId],
  );
