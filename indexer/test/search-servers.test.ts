import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startTestSearch } from '@eduplatform/local/testing/context';
import { startProxy } from '@eduplatform/local/testing/proxy';
import { loadConfig, searchSinksOf } from '../config.ts';
import { createSearchBench, startSearchIndexer } from './support/bench.ts';
import { insertTeacher, publishAgain, publishNew, testContent, testLesson } from './support/courses.ts';
import { searchModel } from './support/search-model.ts';

const WAIT = { timeout: 20_000, interval: 20 };
const SECOND_KEY = 'another-master-key-for-tests';

/** An indexer with two search servers, the second one behind a proxy, and a course. */
async function setUp() {
  const bench = await createSearchBench();
  const directory = await mkdtemp(join(tmpdir(), 'indexer-search-'));
  const server = await startTestSearch(directory, SECOND_KEY);
  const proxy = await startProxy(server.url);
  onTestFinished(async () => {
    await proxy.close();
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });
  const further = [{ name: 'search-2' as const, url: `http://${proxy.address}`, masterKey: SECOND_KEY }];
  const config = { ...bench.config, search: { ...bench.config.search, further } };
  const { indexPrefix } = config.search;
  const direct = { url: server.url, masterKey: SECOND_KEY, indexPrefix };
  const second = searchModel({ search: direct, redis: config.redis }, bench.redis, 'search-2');
  const course = await publishNew(bench.pool, await insertTeacher(bench.pool), testContent([testLesson('One')]));
  const indexer = startSearchIndexer(config);
  for (const model of [bench.search, second]) {
    await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  }
  return { ...bench, config, indexer, first: bench.search, second, proxy, course };
}

test('every search server holds the same documents, each with a checkpoint and a status of its own', async () => {
  const { pool, indexer, first, second, course } = await setUp();
  const next = await publishAgain(pool, course, { ...course.content, title: 'Another title' });
  for (const model of [first, second]) {
    await vi.waitFor(async () => expect(await model.hasPassed(next.position)).toBe(true), WAIT);
    expect(await model.find('courses', 'another')).toEqual([course.id]);
  }
  expect(await second.documents('lessons')).toEqual(await first.documents('lessons'));
  expect(await second.documents('meta')).toContainEqual(['checkpoint', undefined]);
  expect(indexer.sinks()).toMatchObject([
    { name: 'redis', state: 'live' },
    { name: 'search', state: 'live' },
    { name: 'search-2', state: 'live', generation: 1 },
  ]);
});

test('a server that is away holds up no other, and catches up when it is back', async () => {
  const { pool, indexer, first, second, proxy, course } = await setUp();
  await proxy.stop();
  const next = await publishAgain(pool, course, { ...course.content, title: 'Another title' });
  await vi.waitFor(async () => expect(await first.hasPassed(next.position)).toBe(true), WAIT);
  expect(await second.hasPassed(next.position)).toBe(false);
  await vi.waitFor(() => expect(indexer.sinks()[2]).toMatchObject({ state: 'failing' }), WAIT);
  await proxy.start();
  await vi.waitFor(async () => expect(await second.hasPassed(next.position)).toBe(true), WAIT);
  expect(await second.find('courses', 'another')).toEqual([course.id]);
});

test('a server that lost its data is built again in a new generation while the other goes on', async () => {
  const { config, first, second, course } = await setUp();
  for (const uid of await second.indexes()) await second.master.deleteIndex(uid).waitTask();
  await vi.waitFor(async () => expect(await second.find('courses', 'course')).toEqual([course.id]), WAIT);
  expect(await second.name('courses')).toBe(`${config.search.indexPrefix}courses_g2_e1`);
  expect(await first.name('courses')).toBe(`${config.search.indexPrefix}courses_g1_e1`);
});

test('the environment names them: addresses in their order, one master key for all or one for each', () => {
  const env = { DATABASE_URL: 'postgres://x', REDIS_URL: 'redis://x', MEILI_MASTER_KEY: 'k' };
  const serversOf = (given: NodeJS.ProcessEnv) =>
    searchSinksOf(loadConfig({ ...env, ...given }).search).map(({ name, url, masterKey }) => [name, url, masterKey]);
  expect(serversOf({ MEILI_URL: 'http://a' })).toEqual([['search', 'http://a', 'k']]);
  const two = { MEILI_URLS: 'http://a,http://b' };
  expect(serversOf({ ...two, MEILI_URL: 'http://c' })).toEqual([
    ['search', 'http://a', 'k'],
    ['search-2', 'http://b', 'k'],
  ]);
  expect(serversOf({ ...two, MEILI_MASTER_KEYS: 'x,y' }).map(([, , key]) => key)).toEqual(['x', 'y']);
  expect(() => serversOf({})).toThrow('MEILI_URL');
  expect(() => serversOf({ ...two, MEILI_MASTER_KEY: '' })).toThrow('MEILI_MASTER_KEY');
});
