import { expect, test, vi } from 'vitest';
import { createSearchBench, startSearchIndexer } from './support/bench.ts';
import { insertTeacher, publishAgain, publishNew, testContent, testLesson } from './support/courses.ts';
import { ask, generationsOf, jobOf } from './support/rebuilds.ts';

vi.setConfig({ testTimeout: 90_000 });
const WAIT = { timeout: 30_000, interval: 20 };

test('a rebuild of both read models leaves what there was, in the next generation, and the previous one for a rollback', async () => {
  const bench = await createSearchBench();
  const { pool, config, model, search } = bench;
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One'), testLesson('Two')]));
  startSearchIndexer(config);
  await vi.waitFor(async () => expect([await model.isReady(), await search.isReady()]).toEqual([true, true]), WAIT);
  const before = await model.contents();
  for (const sink of ['redis', 'search']) {
    const job = await ask(pool, 'reindex', sink);
    await vi.waitFor(async () => expect(await jobOf(pool, job)).toMatchObject({ state: 'succeeded' }), WAIT);
    expect(await generationsOf(pool, sink)).toMatchObject({ generation: 2, previous: 1, next: null });
  }
  await vi.waitFor(async () => expect(await model.current('redisGeneration')).toBe('2'), WAIT);
  await vi.waitFor(async () => expect(await model.current('searchGeneration')).toBe('2'), WAIT);
  expect(await model.contents()).toEqual(before);
  expect(await search.find('courses', 'course')).toEqual([course.id]);
  expect((await search.indexes()).filter((name) => !name.endsWith('_beside'))).toHaveLength(3);

  const { position } = await publishAgain(pool, course, { ...course.content, title: 'Renamed' });
  await vi.waitFor(async () => expect(await search.hasPassed(position)).toBe(true), WAIT);
  await vi.waitFor(async () => expect(await search.find('courses', 'renamed')).toEqual([course.id]), WAIT);
});
