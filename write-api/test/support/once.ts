import { randomUUID } from 'node:crypto';
import type { Answer, Harness, Person } from '../harness.ts';
import { insist, publishCourse } from './learning.ts';

/** A command that must have its effect once, however often it is sent with one key. */
export interface Once {
  name: string;
  status: number;
  /** What the nth sender sends. */
  request(n: number): { as: Person; url: string; body?: unknown };
  /** The same with other parameters. */
  other(n: number): { url?: string; body?: unknown };
  /** Effects so far. */
  effects(): Promise<number>;
}

export async function sendOnce(
  { send }: Harness,
  { as, url, body }: ReturnType<Once['request']>,
  key: string,
): Promise<Answer> {
  return insist(() =>
    send('POST', url, { as, headers: { 'idempotency-key': key }, ...(body !== undefined && { body }) }),
  );
}

const CARD = { number: '4242 4242 4242 4242', expiryMonth: 12, expiryYear: 2099, cvc: '123' };

/** The commands that create, charge or change, each for `count` senders. */
export async function commandsToSendOnce(harness: Harness, count: number): Promise<Once[]> {
  const { pool } = harness;
  const teacher = await harness.person('teacher', 'Ingrid Halvorsen');
  const students: Person[] = [];
  for (let n = 0; n < count; n += 1) students.push(await harness.person('student', `Student ${n}`));
  const [free, reviewed, paid] = [
    await publishCourse(harness, teacher, { title: 'Free', lessons: 1 }),
    await publishCourse(harness, teacher, { title: 'Reviewed', lessons: 1 }),
    await publishCourse(harness, teacher, { title: 'Paid', lessons: 1, price: { amount: 900, currency: 'EUR' } }),
  ];
  const ids = students.map(({ id }) => id);
  await pool.query('insert into enrollments (user_id, course_id) select id, $1 from unnest($2::uuid[]) as list (id)', [
    reviewed.id,
    ids,
  ]);
  const answers = await answersTo(harness, { course: reviewed, askers: ids, answererId: teacher.id });
  const sender = (n: number): Person => students[n] ?? teacher;
  const counted = async (sql: string, ...values: unknown[]): Promise<number> =>
    (await pool.query<{ count: number }>(`select count(*)::int as count from ${sql}`, values)).rows[0]?.count ?? 0;

  return [
    {
      name: 'creating a course',
      status: 201,
      request: (n) => ({ as: teacher, url: '/v1/courses', body: { title: `New ${n}`, category: 'math' } }),
      other: () => ({ body: { title: 'Another', category: 'math' } }),
      effects: () => counted(`courses where category_slug = 'math'`),
    },
    {
      name: 'making a coupon',
      status: 201,
      request: (n) => ({ as: teacher, url: '/v1/studio/coupons', body: { code: `ONCE-${n}`, percentOff: 10 } }),
      other: (n) => ({ body: { code: `ONCE-${n}`, percentOff: 20 } }),
      effects: () => counted('coupons'),
    },
    {
      name: 'enrolling',
      status: 201,
      request: (n) => ({ as: sender(n), url: '/v1/enrollments', body: { courseId: free.id } }),
      other: () => ({ body: { courseId: paid.id } }),
      effects: () => counted(`notifications where type = 'enrolled'`),
    },
    {
      name: 'buying',
      status: 201,
      request: (n) => ({ as: sender(n), url: '/v1/payments', body: { courseId: paid.id, card: CARD } }),
      other: () => ({ body: { courseId: free.id, card: CARD } }),
      effects: () => counted('mock_provider.charges'),
    },
    {
      name: 'reviewing',
      status: 201,
      request: (n) => ({ as: sender(n), url: '/v1/reviews', body: { courseId: reviewed.id, rating: 4, text: 'Good' } }),
      other: () => ({ body: { courseId: reviewed.id, rating: 5, text: 'Good' } }),
      effects: () => counted(`notifications where type = 'reviewed'`),
    },
    {
      name: 'asking',
      status: 201,
      request: (n) => ({
        as: sender(n),
        url: `/v1/lessons/${free.lessonIds[0]}/questions`,
        body: { title: `Why ${n}?`, body: '' },
      }),
      other: () => ({ body: { title: 'What?', body: '' } }),
      effects: () => counted('questions where course_id = $1', free.id),
    },
    {
      name: 'accepting an answer',
      status: 200,
      request: (n) => ({ as: sender(n), url: `/v1/answers/${answers[n]}/accept` }),
      other: () => ({ url: `/v1/answers/${randomUUID()}/accept` }),
      effects: () => counted('questions where accepted_answer_id is not null and version = 2'),
    },
  ];
}

/** One question of each asker with an answer; the answers in the askers' order. */
async function answersTo(
  { pool }: Harness,
  { course, askers, answererId }: { course: { id: string; lessonIds: string[] }; askers: string[]; answererId: string },
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; askerId: string }>(
    `with asked as (
       insert into questions (lesson_id, course_id, user_id, title)
       select $1, $2, id, 'Why?' from unnest($3::uuid[]) as list (id) returning id, user_id
     ), answered as (
       insert into answers (question_id, user_id, body) select id, $4, 'So.' from asked returning id, question_id
     )
     select answered.id, asked.user_id as "askerId" from answered join asked on asked.id = question_id`,
    [course.lessonIds[0], course.id, askers, answererId],
  );
  const byAsker = new Map(rows.map(({ id, askerId }) => [askerId, id]));
  return askers.map((id) => byAsker.get(id) ?? '');
}
