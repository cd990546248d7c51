import { expect, test, vi } from 'vitest';
import { checkpointKey, redisNamespace } from '@eduplatform/contracts/redis-keys';
import { MODEL } from '../projections/registry.ts';
import {
  createBench,
  createSearchBench,
  documentKeys,
  startRedisIndexer,
  startSearchIndexer,
} from './support/bench.ts';
import { insertTeacher, publishNew, testContent, testLesson } from './support/courses.ts';

const WAIT = { timeout: 15_000, interval: 10 };

test('a read model that an older version made is built anew, with what that version did not know', async () => {
  const { pool, config, redis, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  const first = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await first.stop();
  // As it was before there were people in it: no number, and a course where the build stood.
  const space = redisNamespace(config.redis.prefix, 1);
  const checkpoint = JSON.parse((await redis.hget(space + checkpointKey, 'json')) ?? '') as Record<string, unknown>;
  const { model: _, ...old } = checkpoint;
  await redis.hset(space + checkpointKey, 'json', JSON.stringify({ ...old, builtUpTo: course.id }));
  await redis.del(space + documentKeys.me(teacher));

  startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.current('redisGeneration')).toBe('2'), WAIT);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  expect(await model.body(documentKeys.me(teacher))).toMatchObject({ id: teacher });
  expect(await model.body(documentKeys.card(course.id))).toMatchObject({ id: course.id });
});

test('a read model of this version is gone on with, in Redis and in the search engine', async () => {
  const { pool, config, model, search } = await createSearchBench();
  const teacher = await insertTeacher(pool);
  await publishNew(pool, teacher, testContent([testLesson('One')]));
  const first = startSearchIndexer(config);
  await vi.waitFor(async () => expect([await model.isReady(), await search.isReady()]).toEqual([true, true]), WAIT);
  await first.stop();
  const second = startSearchIndexer(config);
  await vi.waitFor(() => expect(second.sinks().map(({ state }) => state)).toEqual(['live', 'live']), WAIT);
  expect(second.sinks().map(({ generation, checkpoint }) => [generation, checkpoint?.model])).toEqual([
    [1, MODEL],
    [1, MODEL],
  ]);
});

test('a build that is cut short between two kinds goes on where it was', async () => {
  const { pool, config, redis, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  const first = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await first.stop();
  const before = await model.contents();
  const space = redisNamespace(config.redis.prefix, 1);
  const checkpoint = JSON.parse((await redis.hget(space + checkpointKey, 'json')) ?? '') as Record<string, unknown>;
  const builtUpTo = { kind: 'teachers', key: teacher };
  await redis.hset(space + checkpointKey, 'json', JSON.stringify({ ...checkpoint, state: 'building', builtUpTo }));
  // The courses are done and are not done again; what comes behind the teachers is.
  await redis.del(space + documentKeys.me(teacher), space + documentKeys.card(course.id));

  const second = startRedisIndexer(config);
  await vi.waitFor(() => expect(second.sinks()[0]?.state).toBe('live'), WAIT);
  const after = await model.contents();
  expect(after.documents.has(documentKeys.card(course.id))).toBe(false);
  expect(after.documents.get(documentKeys.me(teacher))).toEqual(before.documents.get(documentKeys.me(teacher)));
});
