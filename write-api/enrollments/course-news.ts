import type pg from 'pg';
import type { OutboxEvent } from '@eduplatform/contracts/events';
import { transaction, type Tx } from '@eduplatform/db/transaction';
import { record } from '../commands/outcome.ts';
import { notify } from '../notifications/notify.ts';

/** Students who are told in one transaction. */
const CHUNK = 400;

/** What the students of a course are told of a publication. */
export interface CourseNews {
  courseId: string;
  params: Record<string, string>;
  link: string;
}

interface StoredNews extends CourseNews {
  id: string;
  lastUserId: string | null;
  createdAt: Date;
}

const COLUMNS = `
  id, course_id as "courseId", params, link, created_at as "createdAt", last_user_id as "lastUserId"`;
const INSERT = `
  insert into course_news (course_id, params, link, created_at) values ($1, $2, $3, $4) returning ${COLUMNS}`;
/** Skips one that another process is at. */
const LOCK_NEXT = `select ${COLUMNS} from course_news order by id limit 1 for update skip locked`;
/** Who enrolled later found the new lessons there. */
const STUDENTS = `
  select user_id as "userId" from enrollments
  where course_id = $1 and revoked_at is null and ($2::uuid is null or user_id > $2) and enrolled_at <= $4
  order by user_id limit $3`;

/**
 * Tells the students of a course something: the first in this very transaction, in most courses all of them, and the
 * others from a worker. Answers the events.
 */
export async function tellStudents(
  tx: Tx,
  { courseId, params, link }: CourseNews,
  now: Date,
  chunk = CHUNK,
): Promise<OutboxEvent[]> {
  const { rows } = await tx.query<StoredNews>(INSERT, [courseId, JSON.stringify(params), link, now]);
  return rows[0] ? tellNext(tx, rows[0], now, chunk) : [];
}

/** Goes on with news that not every student was told of. Answers false when there are none. */
export const tellMoreStudents = (pool: pg.Pool, now: Date, chunk = CHUNK): Promise<boolean> =>
  transaction(pool, async (tx) => {
    const { rows } = await tx.query<StoredNews>(LOCK_NEXT);
    if (!rows[0]) return false;
    const events = await tellNext(tx, rows[0], now, chunk);
    if (events.length > 0) await record(tx, events);
    return true;
  });

/** Where it stands is saved with what was told, so that a crash leaves nobody out and tells nobody twice. */
async function tellNext(tx: Tx, news: StoredNews, now: Date, chunk: number): Promise<OutboxEvent[]> {
  const { id, courseId, params, link, lastUserId, createdAt } = news;
  const { rows } = await tx.query<{ userId: string }>(STUDENTS, [courseId, lastUserId, chunk, createdAt]);
  if (rows.length < chunk) await tx.query('delete from course_news where id = $1', [id]);
  else await tx.query('update course_news set last_user_id = $2 where id = $1', [id, rows.at(-1)?.userId]);
  return notify(
    tx,
    rows.map(({ userId }) => ({ userId, type: 'course_updated', params, link })),
    now,
  );
}
