import { Redis } from 'ioredis';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startTestRedis, testRedis } from '@eduplatform/local/testing/context';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkpointPosition, parseCheckpoint } from '../checkpoint.ts';
import { HistoryEndedError } from '../run/term-errors.ts';
import { SearchSink } from '../sinks/search/search-sink.ts';
import {
  createBench,
  createSearchBench,
  documentKeys,
  ignore,
  startRedisIndexer,
  startSearchIndexer,
} from './support/bench.ts';
import { insertTeacher, publishAgain, publishNew, testContent, testLesson } from './support/courses.ts';

// Several leaders follow each other, and the search engine is shared.
vi.setConfig({ testTimeout: 90_000 });
const WAIT = { timeout: 15_000, interval: 10 };

test('a second indexer stays passive until the first one stops', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const first = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const second = startRedisIndexer(config);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  await vi.waitFor(async () => expect(await model.body(documentKeys.card(course.id))).not.toBeNull(), WAIT);
  expect([first.epoch(), second.epoch()]).toEqual([1, null]);
  expect(second.sinks()[0]?.state).toBe('waiting');

  await first.stop();
  await publishAgain(pool, course, { ...course.content, title: 'Taken over' });
  await vi.waitFor(
    async () => expect(await model.body(documentKeys.card(course.id))).toMatchObject({ title: 'Taken over' }),
    WAIT,
  );
  expect(second.epoch()).toBe(2);
});

test('a leader whose session is ended says that it has to end', async () => {
  const { pool, config, model } = await createBench();
  const onFatal = vi.fn();
  startRedisIndexer(config, { onFatal });
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'indexer-leader' and datname = current_database()`,
  );
  await vi.waitFor(() => expect(onFatal).toHaveBeenCalledOnce(), WAIT);
});

test('a restarted indexer goes on from the checkpoint in the sink and builds nothing again', async () => {
  const { pool, config, model, redis } = await createBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  const untouched = await publishNew(pool, teacher, testContent([testLesson('Two')]));
  const first = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await first.stop();
  // Would a build run, it would put this back.
  await redis.hdel(`${config.redis.prefix}:g1:${documentKeys.card(untouched.id)}`, 'd');

  const { position } = await publishAgain(pool, course, { ...course.content, title: 'While it was away' });
  startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.hasPassed(position)).toBe(true), WAIT);
  expect(await model.body(documentKeys.card(course.id))).toMatchObject({ title: 'While it was away' });
  expect(await model.body(documentKeys.card(untouched.id))).toBeNull();
  expect(await model.current('redisGeneration')).toBe('1');
});

test('a flushed Redis is built again by the running indexer', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'indexer-redis-'));
  const server = await startTestRedis(directory);
  onTestFinished(async () => {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });
  const { pool, config, model } = await createBench(server.url);
  const teacher = await insertTeacher(pool);
  const courses = await Promise.all(
    Array.from({ length: 120 }, (_, index) => publishNew(pool, teacher, testContent([testLesson(`L${index}`)]))),
  );
  startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const before = [...(await model.documents()).keys()].toSorted();
  // The categories, and the teacher as public and as themselves.
  expect(before).toHaveLength(courses.length * 9 + 3);

  const client = new Redis(server.url);
  onTestFinished(() => client.disconnect());
  await client.flushall();
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  expect([...(await model.documents()).keys()].toSorted()).toEqual(before);
  expect(await model.current('redisGeneration')).toBe('2');
});

test('a database whose next transaction lies before the checkpoint begins a new history', async () => {
  const { pool, config, model, redis } = await createBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  const first = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await first.stop();
  // As after the restore of a copy of a quiet database: no row has been applied since the build, so only the ids tell.
  const key = `${config.redis.prefix}:g1:checkpoint`;
  const checkpoint = parseCheckpoint(await redis.hget(key, 'json'));
  if (!checkpoint) throw new Error('there is no checkpoint');
  const ahead = { ...checkpoint, lastRow: null, cursor: { transactionId: String(2n ** 50n), position: '0' } };
  await redis.hset(key, { json: JSON.stringify(ahead), position: checkpointPosition(ahead) });

  const onFatal = vi.fn();
  startRedisIndexer(config, { onFatal });
  await vi.waitFor(() => expect(onFatal).toHaveBeenCalledExactlyOnceWith(expect.any(HistoryEndedError)), WAIT);
  startRedisIndexer(config);
  await vi.waitFor(async () => expect((await model.watermark())?.position.startsWith('0000000002-')).toBe(true), WAIT);
  expect(await model.current('redisGeneration')).toBe('2');
  expect(await model.body(documentKeys.card(course.id))).not.toBeNull();
});

test('a database that is younger than both sinks leads past their epochs and builds them again', async () => {
  const bench = await createSearchBench();
  const { pool, config, model, search } = bench;
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  const first = startSearchIndexer(config);
  await vi.waitFor(async () => expect(await search.isReady()).toBe(true), WAIT);
  await first.stop();
  await pool.query('update stream_state set epoch = 7');
  const second = startSearchIndexer(config);
  await vi.waitFor(() => expect(second.sinks().map(({ state }) => state)).toEqual(['live', 'live']), WAIT);
  await second.stop();

  // Set up anew: another database, while Redis and the search engine stay.
  const other = await createBench();
  const fresh = await publishNew(other.pool, await insertTeacher(other.pool), testContent([testLesson('Two')]));
  const onFatal = vi.fn();
  const third = startSearchIndexer({ ...config, databaseUrl: other.config.databaseUrl }, { onFatal });
  await vi.waitFor(() => expect(third.sinks().map(({ state }) => state)).toEqual(['live', 'live']), WAIT);
  expect(onFatal).not.toHaveBeenCalled();
  expect(third.epoch()).toBe(9);
  expect(await model.current('leaderEpoch')).toBe('9');
  expect(await model.body(documentKeys.card(fresh.id))).not.toBeNull();
  expect(await model.body(documentKeys.card(course.id))).toBeNull();
  await vi.waitFor(async () => expect([...(await search.documents('courses')).keys()]).toEqual([fresh.id]), WAIT);
});

test('a restored database whose epoch is behind the search engine comes to its check of the history', async () => {
  const { pool, config, search } = await createSearchBench();
  const teacher = await insertTeacher(pool);
  await pool.query('update stream_state set epoch = 6');
  const first = startSearchIndexer(config);
  await vi.waitFor(async () => expect(await search.isReady()).toBe(true), WAIT);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  await vi.waitFor(async () => expect(await search.find('courses', 'course')).toEqual([course.id]), WAIT);
  await first.stop();
  await pool.query('delete from outbox');
  await pool.query('update courses set live_revision = null');
  // Redis was lost: only the names of the indexes tell the epoch.
  const redis = testRedis();
  const onlySearch = () => [new SearchSink({ ...config.search, redis, onError: ignore })];
  await pool.query('update stream_state set epoch = 0');

  const onFatal = vi.fn();
  startSearchIndexer(config, { onFatal, sinks: onlySearch() });
  await vi.waitFor(() => expect(onFatal).toHaveBeenCalledExactlyOnceWith(expect.any(HistoryEndedError)), WAIT);
  const last = startSearchIndexer(config, { sinks: onlySearch() });
  await vi.waitFor(() => expect(last.sinks()[0]?.state).toBe('live'), WAIT);
  expect(last.epoch()).toBe(9);
  expect(await search.indexes()).toContain(`${config.search.indexPrefix}courses_g2_e9`);
});

test('a database whose outbox lacks the row of the checkpoint begins a new history', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const first = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  await vi.waitFor(async () => expect(await model.body(documentKeys.card(course.id))).not.toBeNull(), WAIT);
  await first.stop();
  // As after the restore of a copy that was made before the publish.
  await pool.query('delete from outbox');
  await pool.query(`update courses set live_revision = null`);

  const onFatal = vi.fn();
  startRedisIndexer(config, { onFatal });
  await vi.waitFor(() => expect(onFatal).toHaveBeenCalledOnce(), WAIT);
  startRedisIndexer(config);
  await vi.waitFor(async () => expect((await model.watermark())?.position.startsWith('0000000002-')).toBe(true), WAIT);
  expect(await model.body(documentKeys.card(course.id))).toBeNull();
});
