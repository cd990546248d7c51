import { createTestDatabase, type TestDatabase } from '@eduplatform/local/testing/context';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { findBroken, INVARIANTS } from '../checks/check.ts';
import { UNTOLD } from '../checks/people.ts';
import { seedScale } from '../scale.ts';
import { MINI } from './support/sizes.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  await seedScale(database.url, { scale: 'small', sizes: MINI });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const ONE = (table: string, condition = 'true'): string =>
  `ctid = (select ctid from ${table} where ${condition} order by ctid limit 1)`;
const CHECKED = `(select id from courses where hashtext(id::text) % 50 = 0 order by id limit 1)`;

/** For each invariant statements of which each breaks it. */
const BREAK: Record<string, string[]> = {
  'a published course has its live revision': [`update courses set live_revision = 7 where ${ONE('courses')}`],
  'the live lessons are those of the live revisions': [
    `delete from live_lessons where ${ONE('live_lessons')}`,
    `update live_lessons set lesson_id = uuidv7() where ${ONE('live_lessons')}`,
    `insert into live_lessons select uuidv7(), id from courses limit 1`,
  ],
  'a draft without changes has the lessons of its revision, in their order': [
    `delete from lessons where ${ONE('lessons')}`,
    `update lessons set sort_order = 99 where ${ONE('lessons', 'sort_order = 1')}`,
  ],
  'a draft without changes has the words and the price of its revision': [
    `update courses set title = 'Another title' where ${ONE('courses')}`,
    `update courses set outcomes = '{}' where ${ONE('courses')}`,
    `update courses set price_amount = price_amount + 1 where ${ONE('courses', 'price_amount is not null')}`,
    `update courses set price_amount = null, price_currency = null where ${ONE('courses', 'price_amount is not null')}`,
  ],
  'a draft without changes has the texts of its revision': [
    `update lessons set body_md = 'Another text' where course_id = ${CHECKED}`,
    `update lessons set is_free_preview = not is_free_preview where course_id = ${CHECKED}`,
  ],
  'a lesson belongs to a module of its course': [
    `update lessons set module_id = (select id from modules m where m.course_id <> lessons.course_id limit 1)
     where ${ONE('lessons')}`,
  ],
  'a published course has what publishing asks for': [
    `update courses set description_md = ' ' where ${ONE('courses')}`,
    `update lessons set body_md = E' \\n' where ${ONE('lessons')}`,
    `delete from lessons where module_id = (select id from modules limit 1)`,
    `delete from modules where course_id = (select id from courses limit 1)`,
  ],
  'who has published a course may publish': [
    `update users set is_verified = false where id = (select owner_id from courses limit 1)`,
    `update users set role = 'student' where id = (select owner_id from courses limit 1)`,
  ],
  'a course is written by somebody who is there, then published': [
    `update courses set created_at = published_at + interval '1 second' where ${ONE('courses')}`,
    `update users set created_at = now() where id = (select owner_id from courses limit 1)`,
    `update course_revisions set published_at = now() where ${ONE('course_revisions')}`,
  ],
  'people are enrolled in published courses, and not in their own': [
    `update courses set live_revision = null where id = (select course_id from enrollments limit 1)`,
    `update enrollments e set user_id = (select owner_id from courses where id = e.course_id) where ${ONE('enrollments')}`,
  ],
  'nobody enrolls before they have registered and the course was published': [
    `update enrollments set enrolled_at = '2020-01-01' where ${ONE('enrollments')}`,
    `update users set created_at = now() where id = (select user_id from enrollments limit 1)`,
    `update enrollments set revoked_at = enrolled_at - interval '1 day' where ${ONE('enrollments')}`,
  ],
  'progress is made by the enrolled, in lessons of the course, while they learn': [
    `update lesson_progress set lesson_id = uuidv7() where ${ONE('lesson_progress')}`,
    `delete from enrollments where (user_id, course_id) = (select user_id, course_id from lesson_progress limit 1)`,
    `update lesson_progress set completed_at = now() where ${ONE('lesson_progress')}`,
    `update lesson_progress p set course_id = (select id from courses where id <> p.course_id limit 1)
     where ${ONE('lesson_progress')}`,
  ],
  'who has done every lesson has completed the course, and nobody else': [
    `delete from completions where ${ONE('completions')}`,
    `delete from lesson_progress where (user_id, course_id) = (select user_id, course_id from completions limit 1)`,
  ],
  'a certificate has a code and names student, course and teacher': [
    `update completions set certificate_code = 'not a code' where ${ONE('completions')}`,
    `update completions set student_name = 'Nobody' where ${ONE('completions')}`,
    `update completions set teacher_name = 'Nobody' where ${ONE('completions')}`,
  ],
  'a review is by somebody enrolled, a reply comes after it': [
    `update reviews set user_id = (select id from users where role = 'admin') where ${ONE('reviews')}`,
    `update reviews set replied_at = null where ${ONE('reviews', 'reply is not null')}`,
    `update reviews set replied_at = created_at - interval '1 day' where ${ONE('reviews', 'reply is not null')}`,
    `update reviews set created_at = '2020-01-01' where ${ONE('reviews')}`,
  ],
  'questions are about live lessons, by people who may open them; answers come after': [
    `update questions set lesson_id = uuidv7() where ${ONE('questions')}`,
    `update answers set created_at = '2020-01-01' where ${ONE('answers')}`,
    `update questions q set accepted_answer_id = (select id from answers where question_id <> q.id limit 1)
     where ${ONE('questions')}`,
    `update questions set user_id = (select id from users where role = 'admin') where course_id in
     (select id from courses where price_amount is not null)`,
  ],
  'favorites are published courses': [
    `update courses set live_revision = null where id = (select course_id from favorites limit 1)`,
    `update favorites set created_at = '2020-01-01' where ${ONE('favorites')}`,
  ],
  'an enrollment in a paid course has its payment, one in a free course has none': [
    `update enrollments set payment_id = null where ${ONE('enrollments', 'payment_id is not null')}`,
    `update enrollments set payment_id = (select id from payments limit 1)
     where ${ONE('enrollments', 'payment_id is null')}`,
    `update payments set status = 'refunded' where ${ONE('payments', `status = 'succeeded'`)}`,
    `update enrollments set revoked_at = null where ${ONE('enrollments', 'revoked_at is not null')}`,
  ],
  'a payment that was charged has its enrollment': [
    `update enrollments set payment_id = null where ${ONE('enrollments', 'payment_id is not null')}`,
  ],
  'a payment is of the price of its course': [
    `update payments set list_amount = list_amount + 1, amount = amount + 1 where ${ONE('payments')}`,
    `update payments set currency = 'XXX' where ${ONE('payments')}`,
    `update payments set course_title = 'Another title' where ${ONE('payments')}`,
  ],
  'a payment is made after its course was published, settled and refunded in this order': [
    `update payments set created_at = '2020-01-01' where ${ONE('payments')}`,
    `update payments set settled_at = null where ${ONE('payments')}`,
    `update payments set refunded_at = now() where ${ONE('payments', `status = 'succeeded'`)}`,
  ],
  "payments agree with the provider's books": [
    `delete from mock_provider.charges where ${ONE('mock_provider.charges', `outcome = 'succeeded'`)}`,
    `update mock_provider.charges set amount = amount + 1 where ${ONE('mock_provider.charges', `outcome = 'succeeded'`)}`,
    `delete from mock_provider.refunds where ${ONE('mock_provider.refunds')}`,
    `update payments set status = 'succeeded' where ${ONE('payments', `status = 'refunded'`)}`,
    `update payments set decline_code = 'lost' where ${ONE('payments', `status = 'declined'`)}`,
    `update mock_provider.charges set outcome = 'succeeded' where ${ONE('mock_provider.charges', `outcome = 'declined'`)}`,
  ],
  'the provider charged nobody for nothing': [`delete from payments where ${ONE('payments')}`],
  'what was charged has a receipt, with a number that was given out': [
    `update payments set receipt_number = null where ${ONE('payments', 'receipt_number is not null')}`,
    `update payments set receipt_number = 1000000 where ${ONE('payments', 'receipt_number is not null')}`,
  ],
  'coupons count the payments that use them': [
    `insert into coupons (owner_id, code, percent_off, redemptions) select id, 'SPRING', 10, 3 from users limit 1`,
  ],
  'there is an admin': [`update users set role = 'teacher' where role = 'admin'`],
  'notifications are of a known kind, and come after their reader': [
    `update notifications set type = 'unheard_of' where ${ONE('notifications')}`,
    `update notifications set read_at = created_at - interval '1 day' where ${ONE('notifications')}`,
    `update users set created_at = now() where id = (select user_id from notifications limit 1)`,
  ],
  'who was told of a payment has made it': [
    `update notifications set user_id = (select id from users where role = 'admin')
     where ${ONE('notifications', `type = 'paid'`)}`,
  ],
  'nothing lies in the future': [
    `update reviews set updated_at = now() + interval '1 day' where ${ONE('reviews')}`,
    `update notifications set read_at = now() + interval '1 day' where ${ONE('notifications')}`,
  ],
  'the stream of events has not begun': [
    `insert into outbox (aggregate_type, aggregate_id, aggregate_version, type, payload)
     values ('user', '1', 1, 'user.registered', '{}')`,
    `update stream_state set epoch = 1`,
  ],
};

const ALL = [...INVARIANTS, UNTOLD];

test('all of them hold of what was seeded', async () => {
  expect(await findBroken(client, ALL)).toEqual([]);
});

test('for each of them there is something that breaks it', () => {
  expect(Object.keys(BREAK).sort()).toEqual(ALL.map(({ name }) => name).sort());
});

afterEach(() => client.query('rollback'));

test.each(ALL)('$name', async (invariant) => {
  for (const statement of BREAK[invariant.name] ?? []) {
    await client.query('begin');
    // What the constraints would refuse is broken, too.
    await client.query('set local session_replication_role = replica');
    const { rowCount } = await client.query(statement);
    expect(rowCount, statement).toBeGreaterThan(0);
    const [broken] = await findBroken(client, [invariant]);
    expect(broken?.name, statement).toBe(invariant.name);
    expect(broken?.examples[0]).toMatch(/^\{/);
    await client.query('rollback');
  }
});
