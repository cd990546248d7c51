import type pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { checkpointKey, redisNamespace } from '@eduplatform/contracts/redis-keys';
import { MODEL } from '../projections/registry.ts';
import type { RebuildStep } from '../rebuild/rebuild.ts';
import { untilAborted } from '../run/hold.ts';
import {
  createBench,
  createSearchBench,
  documentKeys,
  readModel,
  startRedisIndexer,
  startSearchIndexer,
} from './support/bench.ts';
import {
  insertTeacher,
  publishAgain,
  publishNew,
  testContent,
  testLesson,
  type TestCourse,
} from './support/courses.ts';
import { probe } from './support/reader.ts';
import { ask, generationsOf, jobOf } from './support/rebuilds.ts';

vi.setConfig({ testTimeout: 120_000 });
const WAIT = { timeout: 40_000, interval: 20 };
const COURSES = 60;

const ended = (pool: pg.Pool, job: string, state: string) =>
  vi.waitFor(async () => expect(await jobOf(pool, job)).toMatchObject({ state }), WAIT);

async function publishMany(pool: pg.Pool): Promise<TestCourse[]> {
  const teacher = await insertTeacher(pool);
  const courses: TestCourse[] = [];
  for (let index = 0; index < COURSES; index += 1) {
    courses.push(await publishNew(pool, teacher, testContent([testLesson('One')], { title: 'Course 0' })));
  }
  return courses;
}

/** Publishes one course after the other again, each with the next number in its title, until stopped. */
function keepPublishing(pool: pg.Pool, courses: TestCourse[]) {
  const now = [...courses];
  let isStopped = false;
  let position = '';
  const run = async (): Promise<void> => {
    for (let round = 1; !isStopped; round += 1) {
      for (const [index, course] of now.entries()) {
        if (isStopped) return;
        const done = await publishAgain(pool, course, { ...course.content, title: `Course ${round}` });
        now[index] = done.course;
        position = done.position;
      }
    }
  };
  const running = run();
  const stop = async (): Promise<string> => {
    isStopped = true;
    await running;
    return position;
  };
  onTestFinished(async () => void (await stop()));
  return { stop };
}

const numberIn = (body: string): number => Number(/Course (\d+)/.exec(body)?.[1]);
const cards = (courses: TestCourse[]): string[] => courses.map(({ id }) => documentKeys.card(id));

/** What a build from nothing makes of Postgres, under another prefix. */
async function builtAnew(bench: Awaited<ReturnType<typeof createBench>>) {
  const redis = { ...bench.config.redis, prefix: `${bench.config.redis.prefix}-again` };
  const rebuilt = readModel(bench.redis, redis.prefix);
  startRedisIndexer({ ...bench.config, redis });
  await vi.waitFor(async () => expect(await rebuilt.isReady()).toBe(true), WAIT);
  return rebuilt.contents();
}

test('under writes, a rebuild and a rollback show readers no gap and nothing older, and end as Postgres has it', async () => {
  const bench = await createBench();
  const { pool, config, redis, model } = bench;
  const courses = await publishMany(pool);
  const live = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const reader = probe(redis, config.redis.prefix, cards(courses), numberIn);
  const writer = keepPublishing(pool, courses);

  await ended(pool, await ask(pool, 'reindex', 'redis'), 'succeeded');
  await ended(pool, await ask(pool, 'reindex', 'redis'), 'succeeded');
  await vi.waitFor(() => expect([...reader.generations]).toEqual(['1', '2', '3']), WAIT);
  expect(await redis.keys(`${redisNamespace(config.redis.prefix, 1)}*`)).toEqual([]);
  await ended(pool, await ask(pool, 'rollback', 'redis'), 'succeeded');
  expect(await generationsOf(pool, 'redis')).toMatchObject({ generation: 2, previous: 3, next: null });
  await vi.waitFor(async () => expect(await model.current('redisGeneration')).toBe('2'), WAIT);

  const position = await writer.stop();
  await vi.waitFor(async () => expect(await model.hasPassed(position)).toBe(true), WAIT);
  await reader.stop();
  expect(reader.wrong).toEqual([]);
  expect(reader.reads).toBeGreaterThan(COURSES);
  const held = await model.contents();
  await live.stop();
  expect(held).toEqual(await builtAnew(bench));
});

const STEPS: RebuildStep[] = ['allotted', 'created', 'filled', 'compared', 'held', 'drained', 'swapped', 'reopened'];

/** An indexer that stops dead at a step of a rebuild, once; resolves when it has come there. */
function stoppingAt(step: RebuildStep) {
  const there = Promise.withResolvers<RebuildStep>();
  const onRebuildStep = async (reached: RebuildStep, signal: AbortSignal): Promise<void> => {
    if (reached !== step) return;
    there.resolve(reached);
    await untilAborted(signal);
  };
  return { onRebuildStep, isThere: there.promise };
}

test.each(STEPS)('a rebuild that is cut off when it has %s is finished by the next leader', async (step) => {
  const bench = await createSearchBench();
  const { pool, config, redis, model, search } = bench;
  const courses = (await publishMany(pool)).slice(0, 10);
  const { onRebuildStep, isThere } = stoppingAt(step);
  const first = startSearchIndexer(config, { onRebuildStep });
  await vi.waitFor(async () => expect([await model.isReady(), await search.isReady()]).toEqual([true, true]), WAIT);
  const reader = probe(redis, config.redis.prefix, cards(courses), numberIn);
  const jobs = [await ask(pool, 'reindex', 'redis'), await ask(pool, 'reindex', 'search')];
  await isThere;
  await first.stop();
  const [course] = courses;
  if (!course) throw new Error('there is no course');
  const { position } = await publishAgain(pool, course, { ...course.content, title: 'Course 7' });

  startSearchIndexer(config);
  for (const job of jobs) await ended(pool, job, 'succeeded');
  for (const sink of ['redis', 'search']) {
    const { generation, previous, next } = (await generationsOf(pool, sink)) ?? {};
    expect({ previous, next }).toEqual({ previous: 1, next: null });
    expect(generation).toBeGreaterThan(1);
  }
  await vi.waitFor(async () => expect(await model.hasPassed(position)).toBe(true), WAIT);
  await vi.waitFor(async () => expect(await search.hasPassed(position)).toBe(true), WAIT);
  await reader.stop();
  expect(reader.wrong).toEqual([]);
  expect(await model.body(documentKeys.card(course.id))).toMatchObject({ title: 'Course 7' });
  await vi.waitFor(async () => expect((await search.documents('courses')).size).toBe(COURSES), WAIT);
  expect((await search.indexes()).filter((name) => name.endsWith('_beside'))).toHaveLength(3);
});

test('a canceled rebuild leaves the read model in use, and nothing else', async () => {
  const { pool, config, redis, model, search } = await createSearchBench();
  await publishMany(pool);
  const { onRebuildStep, isThere } = stoppingAt('filled');
  startSearchIndexer(config, { onRebuildStep });
  await vi.waitFor(async () => expect([await model.isReady(), await search.isReady()]).toEqual([true, true]), WAIT);
  const jobs = [await ask(pool, 'reindex', 'redis'), await ask(pool, 'reindex', 'search')];
  await isThere;
  await vi.waitFor(async () => expect(await search.indexes()).toHaveLength(6), WAIT);
  await pool.query('update indexer_jobs set cancel_requested_at = now()');
  for (const job of jobs) await ended(pool, job, 'canceled');
  expect(await generationsOf(pool, 'redis')).toEqual({ generation: 1, previous: null, next: null });
  expect(await redis.keys(`${redisNamespace(config.redis.prefix, 2)}*`)).toEqual([]);
  expect(await search.indexes()).toHaveLength(3);
  expect((await model.documents()).size).toBeGreaterThan(COURSES);
});

test('a rollback without a previous generation fails and says why', async () => {
  const { pool, config, model } = await createBench();
  startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const job = await ask(pool, 'rollback', 'redis');
  await ended(pool, job, 'failed');
  expect(await jobOf(pool, job)).toMatchObject({ error: 'there is no generation to go back to' });
});

test('what went astray in the read model is mended by a rebuild, and a rebuild that lost something is not swapped in', async () => {
  const { pool, config, redis, model } = await createBench();
  const [astray, first] = await publishMany(pool);
  if (!astray || !first) throw new Error('there are no courses');
  let lost = first;
  const space = (generation: number) => redisNamespace(config.redis.prefix, generation);
  let loses = false;
  const onRebuildStep = async (step: RebuildStep): Promise<void> => {
    if (step !== 'filled') return;
    const title = `Course ${lost.revision}`;
    const { course, position } = await publishAgain(pool, lost, { ...lost.content, title });
    lost = course;
    await vi.waitFor(async () => expect(await model.hasPassed(position)).toBe(true), WAIT);
    if (!loses) return;
    await vi.waitFor(async () => {
      expect(await redis.hget(space(3) + documentKeys.card(lost.id), 'd')).toContain(title);
    }, WAIT);
    await redis.del(space(3) + documentKeys.card(lost.id));
  };
  startRedisIndexer(config, { onRebuildStep });
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await redis.hset(space(1) + documentKeys.card(astray.id), 'd', '{"title":"Astray"}', 'h', 'astray');
  await ended(pool, await ask(pool, 'reindex', 'redis'), 'succeeded');
  await vi.waitFor(async () => expect(await model.current('redisGeneration')).toBe('2'), WAIT);
  expect(await model.body(documentKeys.card(astray.id))).toMatchObject({ title: 'Course 0' });

  loses = true;
  const job = await ask(pool, 'reindex', 'redis');
  await ended(pool, job, 'failed');
  expect((await jobOf(pool, job))?.error).toContain(documentKeys.card(lost.id));
  expect(await generationsOf(pool, 'redis')).toMatchObject({ generation: 2, previous: 1, next: null });
  expect(await redis.keys(`${space(3)}*`)).toEqual([]);
});

test('a read model of another number that can be read is served and followed until it is rebuilt beside', async () => {
  const { pool, config, redis, model } = await createBench();
  const courses = await publishMany(pool);
  const first = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await first.stop();
  const key = redisNamespace(config.redis.prefix, 1) + checkpointKey;
  const checkpoint = JSON.parse((await redis.hget(key, 'json')) ?? '') as object;
  await redis.hset(key, 'json', JSON.stringify({ ...checkpoint, model: MODEL + 1 }));

  const reader = probe(redis, config.redis.prefix, cards(courses), numberIn);
  const second = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.current('redisGeneration')).toBe('2'), WAIT);
  await vi.waitFor(() => expect(second.sinks()[0]?.checkpoint?.model).toBe(MODEL), WAIT);
  await reader.stop();
  expect(reader.wrong).toEqual([]);
});
