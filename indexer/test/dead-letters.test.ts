import type pg from 'pg';
import { expect, test, vi } from 'vitest';
import { redisNamespace } from '@eduplatform/contracts/redis-keys';
import { RedisSink } from '../sinks/redis/redis-sink.ts';
import { createBench, createSearchBench, ignore, startRedisIndexer, startSearchIndexer } from './support/bench.ts';
import { insertTeacher, publishAgain, publishNew, renameLesson, testContent, testLesson } from './support/courses.ts';
import { startPoisonedEngine } from './support/poisoned-engine.ts';

const WAIT = { timeout: 60_000, interval: 25 };

interface Letter {
  sink: string;
  key: string;
  source_kind: string;
  attempts: number;
  reason: string;
}

const letters = async (pool: pg.Pool): Promise<Letter[]> =>
  (await pool.query<Letter>('select sink, key, source_kind, attempts, reason from dead_letters order by key')).rows;

const replay = (pool: pg.Pool) => pool.query('update dead_letters set replay_requested_at = now()');

test('a poison document among 5,000 is put down, the others are found, and a replay mends it after a restart', async () => {
  const { pool, config, search } = await createSearchBench();
  const engine = await startPoisonedEngine(config.search.url);
  const poisoned = { ...config, search: { ...config.search, url: engine.url } };
  const teacher = await insertTeacher(pool);
  const first = startSearchIndexer(poisoned);
  await vi.waitFor(async () => expect(await search.isReady()).toBe(true), WAIT);
  const contents = Array.from({ length: 20 }, (_, at) =>
    testContent(Array.from({ length: 250 }, (_, number) => testLesson(`Lesson ${at} ${number}`))),
  );
  const poison = contents[7]?.modules[0]?.lessons[123]?.id ?? '';
  engine.poison(poison);
  for (const content of contents) await publishNew(pool, teacher, content);
  const { position } = await publishAgain(pool, await publishNew(pool, teacher, testContent([])), testContent([]));
  await vi.waitFor(async () => expect(await search.hasPassed(position)).toBe(true), WAIT);

  const [letter, ...rest] = await letters(pool);
  expect(rest).toEqual([]);
  expect(letter).toMatchObject({ sink: 'search', key: `lessons:${poison}`, source_kind: 'courses', attempts: 1 });
  expect(letter?.reason).toContain('not valid!');
  const ids = contents.flatMap(({ modules }) => modules.flatMap(({ lessons }) => lessons.map(({ id }) => id)));
  expect([...(await search.documents('lessons')).keys()].toSorted()).toEqual(
    ids.filter((id) => id !== poison).toSorted(),
  );
  expect(JSON.parse((await search.dead()) ?? '')).toEqual([`lessons:${poison}`]);

  await first.stop();
  startSearchIndexer(poisoned);
  await vi.waitFor(async () => {
    await replay(pool);
    expect(await letters(pool)).toMatchObject([{ attempts: 2 }]);
  }, WAIT);
  engine.poison(null);
  await vi.waitFor(async () => {
    await replay(pool);
    expect(await letters(pool)).toEqual([]);
  }, WAIT);
  expect([...(await search.documents('lessons')).keys()].toSorted()).toEqual(ids.toSorted());
  await vi.waitFor(async () => expect(JSON.parse((await search.dead()) ?? '')).toEqual([]), WAIT);
}, 120_000);

test('a document that is too large is marked as old in Redis until a later write succeeds', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const lesson = testLesson('One');
  const course = await publishNew(pool, teacher, testContent([lesson, testLesson('Two')]));
  startRedisIndexer(config, { sinks: [new RedisSink({ ...config.redis, onError: ignore, maxBodyBytes: 20_000 })] });
  const key = `lesson:${lesson.id}`;
  await vi.waitFor(async () => expect(await model.body(key)).toMatchObject({ title: 'One' }), WAIT);

  const large = { ...lesson, title: 'Large', html: 'x'.repeat(30_000) };
  const grown = await publishAgain(pool, course, testContent([large, testLesson('Three')], { title: 'New title' }));
  await vi.waitFor(async () => expect(await model.hasPassed(grown.position)).toBe(true), WAIT);
  expect(await letters(pool)).toMatchObject([{ sink: 'redis', key, source_kind: 'courses', attempts: 1 }]);
  expect(await model.body(key)).toMatchObject({ title: 'One' });
  expect(await model.document(key)).toMatchObject({ s: '1' });
  expect(await model.body(`card:${course.id}`)).toMatchObject({ title: 'New title' });

  const { position } = await publishAgain(pool, grown.course, renameLesson(course.content, lesson.id, 'One'));
  await vi.waitFor(async () => expect(await model.hasPassed(position)).toBe(true), WAIT);
  expect(await letters(pool)).toEqual([]);
  expect(await model.document(key)).not.toHaveProperty('s');
});

test('what Redis cannot take for its type is put down, and written by a replay when the reason is gone', async () => {
  const { pool, config, model, redis } = await createBench();
  const teacher = await insertTeacher(pool);
  startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const lesson = testLesson('One');
  const name = `${redisNamespace(config.redis.prefix, 1)}lesson:${lesson.id}`;
  await redis.set(name, 'of another kind');
  const course = await publishNew(pool, teacher, testContent([lesson]));
  await vi.waitFor(async () => expect(await model.body(`card:${course.id}`)).not.toBeNull(), WAIT);
  await vi.waitFor(async () => expect(await letters(pool)).toMatchObject([{ key: `lesson:${lesson.id}` }]), WAIT);
  await redis.del(name);
  await replay(pool);
  await vi.waitFor(async () => expect(await letters(pool)).toEqual([]), WAIT);
  expect(await model.body(`lesson:${lesson.id}`)).toMatchObject({ title: 'One' });
});

test('a dead letter that an operator discards is not shown as old any more', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const lesson = testLesson('Large', { html: 'x'.repeat(30_000) });
  startRedisIndexer(config, { sinks: [new RedisSink({ ...config.redis, onError: ignore, maxBodyBytes: 20_000 })] });
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await publishNew(pool, teacher, testContent([lesson]));
  const key = `lesson:${lesson.id}`;
  await vi.waitFor(async () => expect(await model.document(key)).toEqual({ s: '1' }), WAIT);
  await pool.query('delete from dead_letters');
  await vi.waitFor(async () => expect(await model.document(key)).toEqual({}), WAIT);
});
