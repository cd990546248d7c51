import { afterAll, beforeAll, expect, it } from 'vitest';
import { withPostgres } from '@eduplatform/local/servers/postgres';
import { createTestDatabase, type TestDatabase } from '@eduplatform/local/testing/context';
import { seedDemo } from '@eduplatform/seed/demo';
import { dropBaseline, fillBaseline, type FillProgress } from '../baselines/fill/fill.ts';
import { BASELINE_KINDS, databaseName } from '../baselines/kinds.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedDemo(database.url, () => {});
});
afterAll(async () => {
  for (const kind of BASELINE_KINDS) await dropBaseline(database.url, kind);
  await database.drop();
});

const valueOf = async (url: string, statement: string): Promise<unknown> =>
  withPostgres(
    url,
    async (client) => (await client.query<[unknown]>({ text: statement, rowMode: 'array' })).rows[0]?.[0],
  );

const oidOf = (url: string) =>
  valueOf(database.url, `select oid from pg_database where datname = '${databaseName(url)}'`);

it.each(BASELINE_KINDS)('the database of %s holds every live lesson, with statistics of all tables', async (kind) => {
  const progress: FillProgress[] = [];
  const url = await fillBaseline({ sourceUrl: database.url, kind, onProgress: (state) => progress.push(state) });
  const lessons = await valueOf(database.url, 'select count(*)::int from live_lessons');
  expect(await valueOf(url, 'select count(*)::int from lessons')).toBe(lessons);
  const { done, total } = progress.findLast(({ step }) => step === 'rows') ?? {};
  expect(done).toBe(total);
  const unknown = `select count(*)::int from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples < 0 and relname <> 'baseline_filled'`;
  expect(await valueOf(url, unknown)).toBe(0);
});

it('is filled anew when something was published, or when told, and else stays as it is', async () => {
  const fill = (refill = false) => fillBaseline({ sourceUrl: database.url, kind: 'first', refill });
  const url = await fill();
  const before = await oidOf(url);
  await fill();
  expect(await oidOf(url)).toBe(before);
  await withPostgres(database.url, (client) =>
    client.query(`
      insert into outbox (aggregate_type, aggregate_id, aggregate_version, type, payload)
      values ('user', 'somebody', 1, 'user.changed', '{}')`),
  );
  await fill();
  const after = await oidOf(url);
  expect(after).not.toBe(before);
  await fill(true);
  expect(await oidOf(url)).not.toBe(after);
});

it('is filled anew when filling was cut off', async () => {
  const cutOff = fillBaseline({
    sourceUrl: database.url,
    kind: 'first',
    refill: true,
    onProgress({ step }) {
      if (step === 'indexes') throw new Error('cut off');
    },
  });
  await expect(cutOff).rejects.toThrow('cut off');
  const url = await fillBaseline({ sourceUrl: database.url, kind: 'first' });
  expect(
    await valueOf(url, 'select count(*)::int from pg_constraint where conrelid = $$lessons$$::regclass'),
  ).toBeGreaterThan(0);
});

it('is gone when it was dropped, and need not be there for that', async () => {
  const url = await fillBaseline({ sourceUrl: database.url, kind: 'first' });
  await dropBaseline(database.url, 'first');
  expect(await oidOf(url)).toBeUndefined();
  await dropBaseline(database.url, 'first');
});
