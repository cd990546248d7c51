import type pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Checkpoint } from '../checkpoint.ts';
import { retain } from '../retention/retain.ts';
import { createBench, documentKeys, silent, startRedisIndexer } from './support/bench.ts';
import { insertTeacher, publishAgain, publishNew, testContent, testLesson } from './support/courses.ts';
import { generationsOf } from './support/rebuilds.ts';

vi.setConfig({ testTimeout: 60_000 });
const WAIT = { timeout: 20_000, interval: 20 };
const DAY = 24 * 3_600_000;
const ages = { safetyMs: 7 * DAY, hardMs: 30 * DAY };

const partitions = async (pool: pg.Pool): Promise<string[]> => {
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_inherits join pg_class on oid = inhrelid
     where inhparent = 'outbox'::regclass and relname like 'outbox_old%' order by 1`,
  );
  return rows.map(({ name }) => name);
};

/** Moves the rows that are there into a partition that ended so many days ago. */
async function age(pool: pg.Pool, name: string, days: number): Promise<void> {
  await pool.query(
    `create table ${name} partition of outbox
     for values from (now() - interval '${days + 1} days') to (now() - interval '${days} days')`,
  );
  await pool.query(
    `update outbox set occurred_at = now() - interval '${days} days 1 hour' where occurred_at > now() - interval '1 day'`,
  );
}

async function epochOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ epoch: number }>('select epoch from stream_state');
  return rows[0]?.epoch ?? 0;
}

const standings = (checkpoint: Checkpoint | null) => () => [{ sink: 'redis' as const, checkpoint, next: null }];

test('rows that all read models have are dropped by age, the row of a checkpoint never, and the stream goes on', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const indexer = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  await vi.waitFor(async () => expect(await model.body(documentKeys.card(course.id))).not.toBeNull(), WAIT);
  await age(pool, 'outbox_old_1', 40);
  const tidy = async () =>
    retain({
      pool,
      standings: standings(indexer.sinks()[0]?.checkpoint ?? null),
      ages,
      epoch: await epochOf(pool),
      logger: silent,
    });
  await tidy();
  expect(await partitions(pool)).toEqual(['outbox_old_1']);

  const { position, course: next } = await publishAgain(pool, course, { ...course.content, title: 'Second' });
  await vi.waitFor(async () => expect(await model.hasPassed(position)).toBe(true), WAIT);
  await tidy();
  expect(await partitions(pool)).toEqual([]);
  await indexer.stop();
  const again = startRedisIndexer(config);
  await vi.waitFor(() => expect(again.sinks()[0]?.state).toBe('live'), WAIT);
  await publishAgain(pool, next, { ...course.content, title: 'Third' });
  await vi.waitFor(
    async () => expect(await model.body(documentKeys.card(course.id))).toMatchObject({ title: 'Third' }),
    WAIT,
  );
  expect(again.sinks()[0]?.generation).toBe(1);
});

test('a sink that was away for longer than the hard age serves what it has until the leader has rebuilt it', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const first = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  await vi.waitFor(async () => expect(await model.body(documentKeys.card(course.id))).not.toBeNull(), WAIT);
  await first.stop();
  const { checkpoint = null } = first.sinks()[0] ?? {};
  await publishAgain(pool, course, { ...course.content, title: 'Missed' });
  await age(pool, 'outbox_old_1', 20);
  const options = { pool, standings: standings(checkpoint), ages, logger: silent };
  await retain({ ...options, epoch: await epochOf(pool) });
  expect(await partitions(pool)).toEqual(['outbox_old_1']);
  await retain({ ...options, ages: { ...ages, hardMs: 15 * DAY }, epoch: await epochOf(pool) });
  expect(await partitions(pool)).toEqual([]);

  const reads: (string | undefined)[] = [];
  const second = startRedisIndexer(config);
  await vi.waitFor(async () => {
    const card = await model.body<{ title: string }>(documentKeys.card(course.id));
    reads.push(card?.title);
    expect(card).toMatchObject({ title: 'Missed' });
  }, WAIT);
  expect(reads).not.toContain(undefined);
  expect(second.sinks()[0]?.generation).toBe(2);
  expect(await generationsOf(pool, 'redis')).toMatchObject({ generation: 2, previous: null });
  const { rows } = await pool.query(
    'select history, (select needs_rebuild from indexer_sinks where sink = $1) from stream_state',
    ['redis'],
  );
  expect(rows).toEqual([{ history: 1, needs_rebuild: null }]);
});

test('a leader whose term is over drops nothing', async () => {
  const { pool } = await createBench();
  await pool.query('update stream_state set epoch = 5');
  await age(pool, 'outbox_old_1', 40);
  const options = { pool, standings: standings(null), ages, logger: silent };
  await expect(retain({ ...options, epoch: 4 })).rejects.toThrow('another indexer leads');
  expect(await partitions(pool)).toEqual(['outbox_old_1']);
  await retain({ ...options, epoch: 5 });
  expect(await partitions(pool)).toEqual([]);
});

test('a clock that is months ahead drops nothing: ages are by the clock of Postgres', async () => {
  const { pool } = await createBench();
  const teacher = await insertTeacher(pool);
  await publishNew(pool, teacher, testContent([testLesson('One')]));
  const count = async () => (await pool.query('select from outbox')).rowCount;
  const before = await count();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60 * DAY });
  onTestFinished(() => void vi.useRealTimers());
  await retain({ pool, standings: standings(null), ages, epoch: await epochOf(pool), logger: silent });
  expect(await count()).toBe(before);
});
