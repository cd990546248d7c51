import { createPool } from '@eduplatform/db/pool';
import { createTestDatabase, type TestDatabase } from '@eduplatform/local/testing/context';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedDemo } from '../demo.ts';

let database: TestDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'test' });
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

/** Tables that refer to courses, in an order in which they can be emptied. */
const LEARNED = [
  'notifications', 'favorites', 'answers', 'questions', 'reviews', 'completions', 'lesson_progress', 'enrollments',
  'payments', 'mock_provider.charges',
]; // prettier-ignore

const load = () => seedDemo(database.url, () => {});

/** Everything that the demo consists of, in a stable order. */
async function contents(): Promise<unknown> {
  const { rows } = await pool.query(`
    select c.id, c.slug, c.owner_id, r.content, (select count(*) from live_lessons l where l.course_id = c.id) as live
    from courses c join course_revisions r on r.course_id = c.id and r.revision = c.live_revision order by c.slug`);
  return rows;
}
const count = async (table: string): Promise<number> =>
  (await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? -1;

describe('the demo data', () => {
  it('is some 308 published courses with their lessons, below the limit of the embedded search engine', async () => {
    await load();
    expect(await count('courses')).toBe(308);
    expect(await count('live_lessons')).toBe(await count('lessons'));
    expect((await count('courses')) + (await count('live_lessons'))).toBeLessThan(4000);
    expect(await count("outbox where type = 'course.published'")).toBe(308);
    expect(await count("users where role = 'admin' and is_demo")).toBe(1);
  });

  it('has students with payments, progress, certificates, reviews and questions', async () => {
    await load();
    expect(await count('enrollments')).toBeGreaterThan(500);
    expect(await count('reviews')).toBeGreaterThan(150);
    expect(await count('completions where student_name is not null')).toBeGreaterThan(100);
    expect(await count('questions')).toBe(await count('answers'));
    const unpaid = `enrollments e join courses c on c.id = e.course_id
      left join payments p on p.id = e.payment_id and p.status = 'succeeded' and p.amount = c.price_amount
      where (c.price_amount is null) <> (e.payment_id is null) or (e.payment_id is not null and p.id is null)`;
    expect(await count(unpaid)).toBe(0);
    const ofSam = `enrollments e join users u on u.id = e.user_id where u.email = 'student@eduplatform.com'`;
    expect(await count(ofSam)).toBe(4);
  });

  it('is loaded once', async () => {
    await load();
    const before = await contents();
    await load();
    expect(await contents()).toEqual(before);
    expect(await count("outbox where type = 'course.published'")).toBe(308);
  });

  it('is carried on when a load was cut off', async () => {
    await load();
    const whole = await contents();
    for (const table of LEARNED) await pool.query(`delete from ${table}`);
    await pool.query("delete from courses where slug > 'm'");
    await pool.query('update seed_state set finished_at = null');
    await load();
    expect(await contents()).toEqual(whole);
  });

  it('leaves a database alone that people already use', async () => {
    await pool.query("insert into users (email, name, password_hash) values ('somebody@example.com', 'Somebody', '!')");
    await load();
    expect(await count('courses')).toBe(0);
  });
});
