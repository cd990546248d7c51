import { expect, test, vi } from 'vitest';
import { createBench, documentKeys, startRedisIndexer } from './support/bench.ts';
import { insertTeacher, publishNew, testContent, testLesson } from './support/courses.ts';

const WAIT = { timeout: 15_000, interval: 20 };

test('a paused sink takes nothing, also from a new leader, and catches up when it is resumed', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const first = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);

  await pool.query(`update indexer_sinks set is_paused = true where sink = 'redis'`);
  await vi.waitFor(() => expect(first.sinks()[0]?.state).toBe('paused'), WAIT);
  const before = await model.watermark();
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  await first.stop();

  const second = startRedisIndexer(config);
  await vi.waitFor(() => expect(second.sinks()[0]?.state).toBe('paused'), WAIT);
  expect(await model.watermark()).toEqual(before);
  expect(await model.body(documentKeys.card(course.id))).toBeNull();

  await pool.query(`update indexer_sinks set is_paused = false where sink = 'redis'`);
  await vi.waitFor(async () => expect(await model.body(documentKeys.card(course.id))).not.toBeNull(), WAIT);
  expect(second.sinks()[0]?.state).toBe('live');
});
