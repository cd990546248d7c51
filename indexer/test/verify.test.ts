import { expect, test, vi } from 'vitest';
import { currentKey, redisNamespace } from '@eduplatform/contracts/redis-keys';
import { findJob, requestJob } from '../jobs/jobs.ts';
import { ownerOfMember } from '../projections/list-owner.ts';
import { loadDocuments } from '../projections/load-documents.ts';
import { PROJECTIONS } from '../projections/registry.ts';
import { sourceInRedis } from '../projections/document-source.ts';
import type { VerifyResult } from '../verify/report.ts';
import {
  createBench,
  createSearchBench,
  documentKeys,
  startRedisIndexer,
  startSearchIndexer,
} from './support/bench.ts';
import { insertTeacher, publishAgain, publishNew, testContent, testLesson } from './support/courses.ts';
import { inTheCatalog } from './support/school/catalog.ts';
import { inLearning } from './support/school/learning.ts';
import { amongPeople } from './support/school/people.ts';
import { createSchool, happen } from './support/school/school.ts';
import { inTalk } from './support/school/talking.ts';

vi.setConfig({ testTimeout: 90_000 });
const WAIT = { timeout: 30_000, interval: 20 };
const HAPPENINGS = [...inTheCatalog, ...inLearning, ...inLearning, ...inTalk, ...amongPeople];
type Bench = Awaited<ReturnType<typeof createBench>>;

async function verified({ pool }: Bench, sink: string, params: object = {}): Promise<VerifyResult> {
  const { id } = await requestJob(pool, { kind: 'verify', sink, params: { ...params }, requestedBy: null });
  return vi.waitFor(async () => {
    const job = await findJob(pool, id);
    expect(job).toMatchObject({ state: 'succeeded', error: null });
    return job?.result as unknown as VerifyResult;
  }, WAIT);
}

async function filledSchool(bench: Bench) {
  const school = await createSchool(bench.pool, 7);
  const indexer = startRedisIndexer(bench.config);
  for (let step = 0; step < 300; step += 1) {
    const happening = school.random.pick(HAPPENINGS);
    if (happening) await happen(school, happening);
  }
  await vi.waitFor(async () => expect(await bench.model.hasPassed(school.position)).toBe(true), WAIT);
  return { school, indexer };
}

const spaceOf = async ({ config: { redis }, redis: client }: Bench): Promise<string> =>
  redisNamespace(redis.prefix, Number(await client.hget(currentKey(redis.prefix), 'redisGeneration')));

test('nothing differs where nothing is wrong, also while people go on writing', async () => {
  const bench = await createBench();
  const { school } = await filledSchool(bench);
  const still = await verified(bench, 'redis');
  expect(still).toMatchObject({ drift: 0, differences: [] });
  const { documents, lists } = await bench.model.contents();
  expect(still.documents).toBe(documents.size);
  expect(still.members).toBe([...lists.values()].flat().length);

  let isOver = false;
  const writing = (async () => {
    while (!isOver) {
      const happening = school.random.pick(HAPPENINGS);
      if (happening) await happen(school, happening);
    }
  })();
  const busy = await verified(bench, 'redis');
  isOver = true;
  await writing;
  expect(busy).toMatchObject({ drift: 0, differences: [] });
});

test('every document is found by its own key, and every member of a list tells its document', async () => {
  const bench = await createBench();
  const { indexer } = await filledSchool(bench);
  await indexer.stop();
  const { documents } = await bench.model.contents();
  const keys = [...documents.keys()];
  const loaded = await loadDocuments(bench.pool, PROJECTIONS.redis, sourceInRedis, keys);
  expect(loaded.map((change) => ('body' in change ? [change.key, change.body] : [change.key]))).toEqual(
    [...documents].map(([key, { d }]) => [key, d]),
  );
  for (const [key, { lists = '[]' }] of documents) {
    for (const { list, member } of JSON.parse(lists) as { list: string; member: string }[]) {
      expect(ownerOfMember(list, member)).toBe(key);
    }
  }
});

test('whatever was damaged in Redis is named, and mended when asked', async () => {
  const bench = await createBench();
  const { pool, redis, model } = bench;
  const { school } = await filledSchool(bench);
  const teacher = school.teachers[0] ?? '';
  const course = await publishNew(pool, teacher, testContent([testLesson('One'), testLesson('Two')]));
  await vi.waitFor(async () => expect(await model.body(documentKeys.card(course.id))).not.toBeNull(), WAIT);
  expect(await verified(bench, 'redis')).toMatchObject({ drift: 0 });
  const whole = await model.contents();

  const space = await spaceOf(bench);
  const key = documentKeys;
  const list = 'list:courses:all:newest';
  const [member = ''] = (await model.list(list)).filter((each) => each.includes(course.id));
  await redis.del(space + key.course(course.id));
  await redis.hset(space + key.outline(course.id), 'd', '{}');
  const older = await redis.hgetall(space + key.curriculum(course.id));
  await redis.hset(space + key.slug('nobody-has-it'), { v: older['v'] ?? '', d: '"x"', h: 'x' });
  await redis.hset(space + key.certificate('NOBODY'), { v: older['v'] ?? '', d: '{}', h: 'x' });
  await redis.zrem(space + list, member);
  await redis.zadd(space + list, 0, `${member}-stray`);

  const named = [
    { key: key.course(course.id), difference: 'missing' },
    { key: key.outline(course.id), difference: 'damaged' },
    { key: key.slug('nobody-has-it'), difference: 'surplus' },
    { key: key.certificate('NOBODY'), difference: 'surplus' },
    { key: list, member, difference: 'missing' },
    { key: list, member: `${member}-stray`, difference: 'surplus' },
  ];
  const found = await verified(bench, 'redis');
  expect(found).toMatchObject({ drift: named.length, mended: 0 });
  expect(found.differences).toEqual(expect.arrayContaining(named.map((each) => ({ ...each, isMended: false }))));

  const mended = await verified(bench, 'redis', { repair: true });
  expect(mended).toMatchObject({ drift: named.length, mended: named.length });
  expect(await verified(bench, 'redis')).toMatchObject({ drift: 0 });
  expect(await model.contents()).toEqual(whole);
});

test('an older content with its own hash and a version of the future are told apart', async () => {
  const bench = await createBench();
  const { pool, redis, model } = bench;
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  startRedisIndexer(bench.config);
  await vi.waitFor(async () => expect(await model.body(documentKeys.card(course.id))).not.toBeNull(), WAIT);
  const space = await spaceOf(bench);
  const before = await redis.hgetall(space + documentKeys.card(course.id));
  const { position } = await publishAgain(pool, course, { ...course.content, title: 'Anew' });
  await vi.waitFor(async () => expect(await model.hasPassed(position)).toBe(true), WAIT);
  await redis.hset(space + documentKeys.card(course.id), before);
  await redis.hset(space + documentKeys.course(course.id), 'v', '9999999999-99999999999999999999-9999999999999999999');

  const mended = await verified(bench, 'redis', { repair: true });
  expect(mended.differences).toEqual([
    { key: documentKeys.card(course.id), difference: 'different', isMended: true },
    { key: documentKeys.course(course.id), difference: 'ahead', isMended: false },
  ]);
  expect(await model.body(documentKeys.card(course.id))).toMatchObject({ title: 'Anew' });
});

test('whatever was damaged in the search engine is named, and mended when asked', async () => {
  const bench = await createSearchBench();
  const { pool, search } = bench;
  const teacher = await insertTeacher(pool);
  const lessons = [testLesson('One'), testLesson('Two')];
  await publishNew(pool, teacher, testContent(lessons));
  startSearchIndexer(bench.config);
  await vi.waitFor(async () => expect(await search.isReady()).toBe(true), WAIT);
  expect(await verified(bench, 'search')).toMatchObject({ drift: 0, documents: 3, members: 0 });

  const [first, second] = lessons.map(({ id }) => id);
  const surplus = '00000000-0000-7000-8000-000000000001';
  const index = search.master.index(await search.name('lessons'));
  await index.updateDocuments([{ id: first ?? '', title: 'Damaged' }]).waitTask();
  await index.deleteDocument(second ?? '').waitTask();
  await index.addDocuments([{ id: surplus, title: 'Surplus', v: '0', h: 'x' }]).waitTask();

  const named = [
    { key: `lessons:${first}`, difference: 'damaged' },
    { key: `lessons:${second}`, difference: 'missing' },
    { key: `lessons:${surplus}`, difference: 'surplus' },
  ];
  const found = await verified(bench, 'search');
  expect(found).toMatchObject({ drift: 3, mended: 0 });
  expect(found.differences).toEqual(expect.arrayContaining(named.map((each) => ({ ...each, isMended: false }))));
  expect(await verified(bench, 'search', { repair: true })).toMatchObject({ drift: 3, mended: 3 });
  expect(await verified(bench, 'search')).toMatchObject({ drift: 0 });
});

test('a paused sink is not judged, and says why', async () => {
  const bench = await createBench();
  const indexer = startRedisIndexer(bench.config);
  await vi.waitFor(async () => expect(await bench.model.isReady()).toBe(true), WAIT);
  await bench.pool.query(`update indexer_sinks set is_paused = true where sink = 'redis'`);
  await vi.waitFor(() => expect(indexer.sinks()[0]?.state).toBe('paused'), WAIT);
  const { id } = await requestJob(bench.pool, { kind: 'verify', sink: 'redis', params: {}, requestedBy: null });
  await vi.waitFor(
    async () => expect(await findJob(bench.pool, id)).toMatchObject({ state: 'failed', error: 'redis is paused' }),
    WAIT,
  );
});
