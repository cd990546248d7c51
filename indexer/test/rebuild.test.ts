import { expect, test, vi } from 'vitest';
import { createBench, readModel, startRedisIndexer } from './support/bench.ts';
import { inTheCatalog } from './support/school/catalog.ts';
import { inLearning } from './support/school/learning.ts';
import { amongPeople } from './support/school/people.ts';
import { createSchool, happen } from './support/school/school.ts';
import { inTalk } from './support/school/talking.ts';

const WAIT = { timeout: 30_000, interval: 20 };
const { seeds, steps } =
  process.env.EDU_TEST_SCALE === 'long'
    ? { seeds: Array.from({ length: 20 }, (_, index) => index + 1), steps: 600 }
    : { seeds: [1, 2, 3], steps: 240 };
const HAPPENINGS = [...inTheCatalog, ...inLearning, ...inLearning, ...inTalk, ...amongPeople];
/** So many things happen at a time. */
const AT_ONCE = 3;

/** Every kind of documents. */
const KINDS = [
  ...['card', 'course', 'slug', 'curriculum', 'lesson', 'lesson-locked', 'categories', 'outline', 'stats', 'rating'],
  ...['me', 'teacher', 'learning', 'certificate', 'payment', 'review', 'own-review', 'notification', 'favorite'],
  ...['note', 'question'],
];

/** Kinds of the documents that were compared: a comparison of nothing with nothing would hold too. */
const seen = new Set<string>();

test.each(seeds)(
  'read models that followed the stream are rebuilt identically from Postgres (script %i)',
  async (seed) => {
    const bench = await createBench();
    const school = await createSchool(bench.pool, seed);
    const live = startRedisIndexer(bench.config);
    for (let step = 0; step < steps; step += AT_ONCE) {
      const chosen = Array.from({ length: AT_ONCE }, () => school.random.pick(HAPPENINGS));
      await Promise.all(chosen.map((happening) => happening && happen(school, happening)));
    }
    await vi.waitFor(async () => expect(await bench.model.hasPassed(school.position)).toBe(true), WAIT);
    await live.stop();
    const streamed = await bench.model.contents();

    const prefix = `${bench.config.redis.prefix}-again`;
    const rebuilt = readModel(bench.redis, prefix);
    startRedisIndexer({ ...bench.config, redis: { ...bench.config.redis, prefix } });
    await vi.waitFor(async () => expect(await rebuilt.isReady()).toBe(true), WAIT);
    const { documents, lists } = await rebuilt.contents();
    expect(streamed.documents).toEqual(documents);
    expect(streamed.lists).toEqual(lists);
    for (const key of documents.keys()) seen.add(key.split(':')[0] ?? '');
    const bodies = [...documents].map(([key, { d = '' }]) => ({ kind: key.split(':')[0], d }));
    expect(bodies.filter(({ d }) => d.includes('secret-hash'))).toEqual([]);
    expect(bodies.filter(({ kind, d }) => kind !== 'me' && d.includes('@'))).toEqual([]);
  },
  120_000,
);

test('the scripts together make documents of every kind', () => {
  expect([...seen].toSorted()).toEqual(KINDS.toSorted());
});
