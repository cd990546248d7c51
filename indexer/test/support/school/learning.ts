import { randomUUID } from 'node:crypto';
import type { Tx } from '@eduplatform/db/transaction';
import { event, eventsOf, type Happening, type School } from './school.ts';

interface Pair {
  userId: string;
  courseId: string;
}

const COLUMNS = 'user_id as "userId", course_id as "courseId"';

const chance = ({ random, students, courses }: School): [string | undefined, string | undefined] => [
  random.pick(students),
  random.pick(courses)?.id,
];

/** Somebody's active enrollment, locked. */
async function enrolled(school: School, tx: Tx): Promise<Pair | undefined> {
  const { rows } = await tx.query<Pair>(
    `select ${COLUMNS} from enrollments where revoked_at is null order by md5(id::text || $1) limit 1 for update`,
    [String(school.random.below(1000))],
  );
  return rows[0];
}

/** A lesson of a course that is published. */
async function lessonOf(school: School, tx: Tx, courseId: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    'select lesson_id as id from live_lessons where course_id = $1 order by lesson_id',
    [courseId],
  );
  return school.random.pick(rows)?.id;
}

/** Pays for a course that has a price. */
const enroll: Happening = async (school, tx) => {
  const values = chance(school);
  const { rows: offered } = await tx.query<{ amount: number | null; title: string }>(
    `select (r.price ->> 'amount')::int as amount, r.title from courses c
     join course_revisions r on r.course_id = c.id and r.revision = c.live_revision
     join users u on u.id = $1 and u.deleted_at is null
     where c.id = $2 and not exists (
       select from enrollments e where e.user_id = $1 and e.course_id = $2 and e.revoked_at is null
     ) for key share of c`,
    values,
  );
  const [offer] = offered;
  if (!offer) return [];
  const { rows: paid } = await tx.query<{ userId: string; id: string }>(
    `insert into payments (user_id, course_id, course_title, list_amount, amount, currency, status, provider, card_brand,
                           card_last4, idempotency_key, receipt_number, settled_at)
     select $1::uuid, $2::uuid, $3, $4, $4, 'USD', 'succeeded', 'mock', 'visa', '4242', $5, nextval('receipt_numbers'), now()
     where $4::int is not null
     on conflict do nothing returning user_id as "userId", id`,
    [...values, offer.title, offer.amount, randomUUID()],
  );
  const { rows } = await tx.query<Pair>(
    `insert into enrollments (user_id, course_id, payment_id) values ($1, $2, $3)
     on conflict (user_id, course_id) do update
       set revoked_at = null, payment_id = excluded.payment_id, enrolled_at = now(), last_activity_at = now()
     returning ${COLUMNS}`,
    [...values, paid[0]?.id ?? null],
  );
  return [
    ...eventsOf(paid, ({ userId, id }) => event('payment.changed', { userId, paymentId: id })),
    ...eventsOf(rows, (pair) => event('enrollment.changed', pair)),
  ];
};

const refund: Happening = async (school, tx) => {
  const pair = await enrolled(school, tx);
  if (!pair || school.random.below(2) === 0) return [];
  const values = [pair.userId, pair.courseId];
  await tx.query('update enrollments set revoked_at = now() where user_id = $1 and course_id = $2', values);
  const { rows } = await tx.query<{ id: string }>(
    `update payments set status = 'refunded', refunded_at = now()
     where user_id = $1 and course_id = $2 and status = 'succeeded' returning id`,
    values,
  );
  return [
    ...eventsOf(rows, ({ id }) => event('payment.changed', { userId: pair.userId, paymentId: id })),
    event('enrollment.changed', pair),
  ];
};

const learn: Happening = async (school, tx) => {
  const pair = await enrolled(school, tx);
  const lessonId = pair && (await lessonOf(school, tx, pair.courseId));
  if (!pair || !lessonId) return [];
  const isDone = school.random.below(3) > 0;
  await tx.query(
    `insert into lesson_progress (user_id, lesson_id, course_id, completed_at, position_seconds)
     values ($1, $2, $3, case when $4 then now() end, $5)
     on conflict (user_id, lesson_id) do update
       set completed_at = excluded.completed_at, position_seconds = excluded.position_seconds`,
    [pair.userId, lessonId, pair.courseId, isDone, school.random.below(300)],
  );
  await tx.query('update enrollments set last_activity_at = now() where user_id = $1 and course_id = $2', [
    pair.userId,
    pair.courseId,
  ]);
  return [event('progress.changed', pair)];
};

const complete: Happening = async (school, tx) => {
  const pair = await enrolled(school, tx);
  const { rows } = await tx.query<Pair>(
    `insert into completions (user_id, course_id, revision, certificate_code, student_name, course_title, teacher_name)
     select $1, $2, 1, $3, name, 'A course', 'Ada' from users where id = $1 and deleted_at is null
     on conflict do nothing returning ${COLUMNS}`,
    [pair?.userId, pair?.courseId, randomUUID()],
  );
  return eventsOf(rows, (done) => event('course.completed', done));
};

const favor: Happening = async (school, tx) => {
  const values = chance(school);
  const statement =
    school.random.below(3) === 0
      ? `delete from favorites where user_id = $1 and course_id = $2 returning ${COLUMNS}`
      : `insert into favorites (user_id, course_id)
         select u.id, c.id from users u, courses c where u.id = $1 and c.id = $2 and u.deleted_at is null
         on conflict do nothing returning ${COLUMNS}`;
  return eventsOf((await tx.query<Pair>(statement, values)).rows, (pair) => event('favorite.changed', pair));
};

const note: Happening = async (school, tx) => {
  const pair = await enrolled(school, tx);
  const lessonId = pair && (await lessonOf(school, tx, pair.courseId));
  if (!pair || !lessonId) return [];
  const { userId, courseId } = pair;
  if (school.random.below(4) === 0) {
    await tx.query('delete from notes where user_id = $1 and lesson_id = $2', [userId, lessonId]);
  } else {
    await tx.query(
      `insert into notes (user_id, lesson_id, course_id, text)
       select id, $2, $3, $4 from users where id = $1 and deleted_at is null
       on conflict (user_id, lesson_id) do update set text = excluded.text, version = notes.version + 1`,
      [userId, lessonId, courseId, `Remember ${school.random.below(1000)}`],
    );
  }
  return [event('note.changed', { userId, lessonId })];
};

export const inLearning: Happening[] = [enroll, enroll, enroll, refund, learn, learn, complete, favor, note];
