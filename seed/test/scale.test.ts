import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createPool } from '@eduplatform/db/pool';
import { createTestDatabase, eventually, type TestDatabase } from '@eduplatform/local/testing/context';
import { verifyPassword } from '@eduplatform/write-api/auth/passwords';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DEMO_PASSWORD } from '../demo-logins.ts';
import { seedScale, type SeedResult } from '../scale.ts';
import { contentsOf } from './support/contents.ts';
import { MINI } from './support/sizes.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PROCESS = fileURLToPath(new URL('./support/seed-process.ts', import.meta.url));

let whole: TestDatabase;
let pool: pg.Pool;
let result: SeedResult;

beforeAll(async () => {
  whole = await createTestDatabase();
  pool = createPool({ connectionString: whole.url, applicationName: 'test' });
  result = await seedScale(whole.url, { scale: 'small', sizes: MINI });
});
afterAll(async () => {
  await pool.end();
  await whole.drop();
});

/** Runs `work` with another empty database. */
async function inAnother<T>(work: (url: string, other: pg.Pool) => Promise<T>): Promise<T> {
  const database = await createTestDatabase();
  const other = createPool({ connectionString: database.url, applicationName: 'test' });
  try {
    return await work(database.url, other);
  } finally {
    await other.end();
    await database.drop();
  }
}

const count = async (table: string): Promise<number> =>
  (await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? -1;

test('there is exactly as much of everything as the sizes say, and every invariant holds', () => {
  expect(result.broken).toEqual([]);
  const { users, courses, lessons, enrollments, payments } = result.counts;
  expect({ users, courses, lessons, enrollments, payments }).toEqual(MINI);
});

test('there are refunds, declined cards, certificates, reviews of all kinds, and notifications read and unread', async () => {
  expect(await count(`payments where status = 'refunded'`)).toBeGreaterThan(0);
  expect(await count(`payments where status = 'declined'`)).toBeGreaterThan(0);
  expect(await count('completions')).toBeGreaterThan(50);
  expect(await count('reviews where rating <= 3')).toBeGreaterThan(3);
  expect(await count('reviews where rating >= 4')).toBeGreaterThan(50);
  expect(await count('notifications where read_at is null')).toBeGreaterThan(50);
  expect(await count('notifications where read_at is not null')).toBeGreaterThan(50);
});

test('a few courses have many students, most have few', async () => {
  const { rows } = await pool.query<{ students: number }>(`
    select count(e.id)::int as students from courses c left join enrollments e on e.course_id = c.id
    group by c.id order by 1 desc`);
  const students = rows.map((row) => row.students);
  expect(students[0]).toBeGreaterThan(30);
  expect(students[Math.floor(students.length / 2)]).toBeLessThanOrEqual(2);
});

test('the demo logins work, and everybody else of the data has the same password', async () => {
  const { rows } = await pool.query<{ role: string; password_hash: string }>(
    `select role, password_hash from users where email::text in ('admin@eduplatform.com', 'teacher@eduplatform.com',
       'student@eduplatform.com', 'student7@example.com', 'teacher7@example.com') order by role, email`,
  );
  expect(rows.map(({ role }) => role)).toEqual(['admin', 'student', 'student', 'teacher', 'teacher']);
  expect(new Set(rows.map((row) => row.password_hash)).size).toBe(1);
  expect(await verifyPassword(rows[0]?.password_hash ?? '', DEMO_PASSWORD)).toBe(true);
});

test('no event is told: the stream is as in a fresh database', async () => {
  expect(await count('outbox')).toBe(0);
  const { rows } = await pool.query('select history, epoch, system_identifier, dropped_up_to from stream_state');
  expect(rows).toEqual([{ history: 1, epoch: 0, system_identifier: null, dropped_up_to: null }]);
});

test('the next receipt follows those that were given out', async () => {
  const { rows } = await pool.query<{ given: number; next: number }>(
    `select max(receipt_number) as given, nextval('receipt_numbers') as next from payments`,
  );
  expect(rows[0]?.next).toBe((rows[0]?.given ?? 0) + 1);
});

test('the same seed gives the same rows, another one others', async () => {
  const contents = await contentsOf(pool);
  await inAnother(async (url, other) => {
    await seedScale(url, { scale: 'small', seed: 1, sizes: MINI });
    expect(await contentsOf(other)).toEqual(contents);
  });
  await inAnother(async (url, other) => {
    expect((await seedScale(url, { scale: 'small', seed: 2, sizes: MINI })).broken).toEqual([]);
    const others = await contentsOf(other);
    expect(others['public.courses']).not.toBe(contents['public.courses']);
    expect(others['public.enrollments']).not.toBe(contents['public.enrollments']);
  });
});

test('a load that was killed goes on where it stood, and ends with the same rows', async () => {
  await inAnother(async (url, other) => {
    const child = spawn(process.execPath, [PROCESS, url], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.on('data', (chunk: Buffer) => {
      if (/^courses [1-9]/m.test(chunk.toString())) child.kill('SIGKILL');
    });
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    // The server notices that it is gone, and lets go of its lock.
    const sessions = `select from pg_stat_activity where application_name = 'seed' and datname = current_database()`;
    await eventually(async () => (await other.query(sessions)).rowCount === 0);
    const before = (await other.query<{ n: number }>('select count(*)::int as n from courses')).rows[0]?.n ?? 0;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(MINI.courses);
    const loaded: number[] = [];
    const { broken, wasThere } = await seedScale(url, {
      scale: 'small',
      sizes: MINI,
      onProgress: ({ phase, done }) => void (phase === 'courses' && loaded.push(done)),
    });
    expect({ broken, wasThere, first: loaded[0] }).toEqual({ broken: [], wasThere: false, first: before });
    expect(await contentsOf(other)).toEqual(await contentsOf(pool));
  });
});

test('a load that is asked to stop does so between two transactions, and can be carried on with its own seed', async () => {
  await inAnother(async (url) => {
    const stopping = new AbortController();
    const stopped = seedScale(url, {
      ...{ scale: 'small', seed: 5, sizes: MINI, signal: stopping.signal },
      onProgress: ({ phase, done }) => {
        if (phase === 'courses' && done > 0) stopping.abort(new Error('stop'));
      },
    });
    await expect(stopped).rejects.toThrow('stop');
    const { seed, broken } = await seedScale(url, { scale: 'small', sizes: MINI });
    expect({ seed, broken }).toEqual({ seed: 5, broken: [] });
  });
});

test('what is complete is left alone', async () => {
  await pool.query(`update users set name = 'Somebody Else' where email = 'student9@example.com'`);
  const again = await seedScale(whole.url, { scale: 'small', sizes: MINI });
  expect(again.wasThere).toBe(true);
  expect(await count(`users where name = 'Somebody Else'`)).toBe(1);
});

test('the demo can be had as a scale, with the same rows always', async () => {
  const contents = await inAnother(async (url, other) => {
    const demo = await seedScale(url, { scale: 'demo' });
    expect(demo.broken).toEqual([]);
    expect(demo.counts.courses).toBe(308);
    return contentsOf(other);
  });
  await inAnother(async (url, other) => {
    await seedScale(url, { scale: 'demo' });
    const { 'public.courses': courses, 'public.reviews': reviews } = await contentsOf(other);
    expect({ courses, reviews }).toEqual({ courses: contents['public.courses'], reviews: contents['public.reviews'] });
  });
});
