import { formatPosition } from '@eduplatform/contracts/positions';
import type { Queryable } from '@eduplatform/db/transaction';

/** Of a thousand events so many are of each kind: most of what happens in a school is that people learn. */
export const MIX = 'progress 72 %, notifications 14 %, enrollments 10 %, notes 3 %, publishes 0.5 %, reviews 0.5 %';

/** Rows of one transaction: a command writes a few, so the horizon moves in small steps. */
const CHUNK = 20_000;

const CHANGE = [
  'update enrollments set last_activity_at = clock_timestamp()',
  'update notifications set read_at = clock_timestamp() where read_at is null',
  `update lesson_progress set position_seconds = position_seconds + 1`,
];

// Written in one go, since a million commands would take longer than what is measured.
const APPEND = `
  with people as materialized (
    select user_id, course_id, row_number() over (order by id) - 1 as n from enrollments
  ), told as materialized (
    select id, row_number() over (order by id) - 1 as n from notifications
  ), live as materialized (
    select id, live_revision, row_number() over (order by id) - 1 as n from courses where live_revision is not null
  ), totals as materialized (
    select (select count(*) from people) as people, (select count(*) from told) as told, (select count(*) from live) as live
  )
  insert into outbox (aggregate_type, aggregate_id, aggregate_version, type, payload)
  select 'enrollment', i::text, 1,
    case when i % 200 = 0 then 'course.published' when i % 200 = 100 then 'review.changed'
         when i % 100 < 72 then 'progress.changed' when i % 100 < 86 then 'notifications.changed'
         when i % 100 < 96 then 'enrollment.changed' else 'note.changed' end,
    case when i % 200 = 0
           then jsonb_build_object('courseId', live.id, 'revision', live.live_revision, 'previousRevision', live.live_revision)
         when i % 200 = 100
           then jsonb_build_object('reviewId', people.user_id, 'courseId', people.course_id, 'userId', people.user_id)
         when i % 100 between 72 and 85 then jsonb_build_object('ids', jsonb_build_array(told.id))
         when i % 100 >= 96 then jsonb_build_object('userId', people.user_id, 'lessonId', people.course_id)
         else jsonb_build_object('userId', people.user_id, 'courseId', people.course_id) end
  from generate_series($1::int, $2::int) as i
  cross join totals
  join people on people.n = (i::int8 * 7919) % totals.people
  join told on told.n = (i::int8 * 6007) % totals.told
  join live on live.n = (i / 200) % totals.live
  order by i`;

/** Changes what the events will tell of, then appends so many of them. Answers the position of the last. */
export async function appendBacklog(pool: Queryable, rows: number): Promise<string> {
  for (const statement of CHANGE) await pool.query(statement);
  for (let start = 1; start <= rows; start += CHUNK) {
    await pool.query(APPEND, [start, Math.min(rows, start + CHUNK - 1)]);
  }
  return lastPosition(pool);
}

const PUBLISH_ALL = `
  insert into outbox (aggregate_type, aggregate_id, aggregate_version, type, payload)
  select 'course', id::text, 1, 'course.published',
         jsonb_build_object('courseId', id, 'revision', live_revision, 'previousRevision', live_revision)
  from courses where live_revision is not null order by id`;

/** Tells of every course that it was published, so many times over. Answers the position of the last event. */
export async function publishAll(pool: Queryable, times: number): Promise<string> {
  for (let round = 0; round < times; round += 1) await pool.query(PUBLISH_ALL);
  return lastPosition(pool);
}

async function lastPosition(pool: Queryable): Promise<string> {
  const { rows } = await pool.query<{ history: number; transaction_id: string; position: string }>(`
    select history, transaction_id::text, position::text from outbox
    order by outbox.transaction_id desc, outbox.position desc limit 1`);
  const [row] = rows;
  if (!row) throw new Error('the outbox is empty');
  return formatPosition({ history: row.history, transactionId: row.transaction_id, position: row.position });
}
