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

  it('is loaded once', async () => {
    await load();
    const before = await contents();
    await load();
    expect(await contents()).toEqual(before);
    expect(await count('outbox')).toBe(308);
  });

  it('is carried on when a load was cut off', async () => {
    await load();
    const whole = await contents();
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
