import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SearchPage } from '@eduplatform/contracts/search';
import {
  eventually,
  startTestRedis,
  startTestSearch,
  testRedis,
  type TestServer,
} from '@eduplatform/local/testing/context';
import { as, startApi, type TestApi } from './support/api.ts';
import { violations } from './support/conforms.ts';
import { testCourse, testLesson } from './support/courses.ts';
import { startProxy } from '@eduplatform/local/testing/proxy';
import { RedisWriter } from './support/redis-writer.ts';
import { SearchWriter } from './support/search-writer.ts';

let directory: string;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'read-api-'));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function keep<T extends { close(): Promise<void> }>(thing: T): T {
  closing.push(() => thing.close());
  return thing;
}

const MASTER_KEY = 'a-master-key-for-tests';

async function ownRedis(): Promise<TestServer> {
  return keep(await startTestRedis(join(directory, 'redis')));
}
async function ownSearch(): Promise<{ server: TestServer; writer: SearchWriter }> {
  const server = keep(await startTestSearch(join(directory, 'search'), MASTER_KEY));
  const writer = new SearchWriter({ url: server.url, masterKey: MASTER_KEY, indexPrefix: '' });
  await writer.create();
  return { server, writer };
}
const searchOptions = ({ url, apiKey, indexPrefix }: SearchWriter) => ({ url, apiKey, indexPrefix, timeoutMs: 15_000 });

const problemOf = async (api: TestApi, path: string) => {
  const response = await api.app.inject(path);
  return { ...response.json(), retryAfter: response.headers['retry-after'] };
};
const BUILDING = { status: 503, code: 'read_model_building', retryAfter: expect.any(String) };
const UNAVAILABLE = { status: 503, code: 'read_model_unavailable', retryAfter: expect.any(String) };
const ABSENT = '00000000-0000-4000-8000-00000000000f';

describe('while the read model is being built', () => {
  it('what is missing is 503, never 404, and what is there is served', async () => {
    const { url, prefix } = testRedis();
    const writer = keep(new RedisWriter(url, prefix));
    const course = testCourse();
    const api = keep(await startApi({ redisUrl: url, prefix }));
    const missing = [
      `/v1/courses/${ABSENT}`,
      `/v1/lessons/${ABSENT}`,
      '/v1/courses/a-slug',
      '/v1/categories',
      '/v1/courses',
    ];
    for (const path of missing) expect(await problemOf(api, path)).toMatchObject(BUILDING);
    await writer.publish(course);
    await writer.declare({ redisReady: 'false' });
    for (const path of missing) expect(await problemOf(api, path)).toMatchObject(BUILDING);
    expect((await api.app.inject(`/v1/courses/${course.id}`)).statusCode).toBe(200);
    expect((await api.app.inject('/readyz')).statusCode).toBe(503);
    await writer.declare();
    expect((await api.app.inject(`/v1/courses/${ABSENT}`)).statusCode).toBe(404);
    expect((await api.app.inject('/v1/courses')).json().items).toHaveLength(1);
    expect((await api.app.inject('/readyz')).statusCode).toBe(200);
  });

  it('an emptied Redis is noticed by the next miss', async () => {
    const server = await ownRedis();
    const writer = keep(new RedisWriter(server.url, 'edu'));
    await writer.publish(testCourse());
    await writer.declare();
    const api = keep(await startApi({ redisUrl: server.url, prefix: 'edu' }));
    expect((await api.app.inject(`/v1/courses/${ABSENT}`)).statusCode).toBe(404);
    await writer.redis.flushall();
    expect(await problemOf(api, `/v1/lessons/${ABSENT}`)).toMatchObject(BUILDING);
    expect(await problemOf(api, '/v1/courses?limit=7')).toMatchObject(BUILDING);
  });
});

describe('while Redis is away', () => {
  it('serves what it holds, marked stale, and 503 for the rest', async () => {
    const server = await ownRedis();
    const writer = keep(new RedisWriter(server.url, 'edu'));
    const course = testCourse();
    await writer.publish(course);
    await writer.declare();
    const api = keep(await startApi({ redisUrl: server.url, prefix: 'edu' }));
    await api.app.inject(`/v1/courses/${course.id}`);
    await api.app.inject('/v1/courses');
    await server.close();
    await eventually(() => !api.readModel.isUp);
    for (const path of [`/v1/courses/${course.id}`, '/v1/courses']) {
      const response = await api.app.inject({ url: path, headers: { 'x-read-after': writer.position } });
      expect(response.statusCode).toBe(200);
      expect(response.headers['x-read-stale']).toBe('true');
      expect(response.headers['x-read-position']).toBe(writer.position);
    }
    expect(await problemOf(api, '/v1/courses?sort=title')).toMatchObject(UNAVAILABLE);
    expect(await problemOf(api, `/v1/courses/${ABSENT}`)).toMatchObject(UNAVAILABLE);
    expect((await api.app.inject('/livez')).statusCode).toBe(200);
  });

  it('has what changed meanwhile as soon as Redis is back', async () => {
    const { url, prefix } = testRedis();
    const writer = keep(new RedisWriter(url, prefix));
    const proxy = keep(await startProxy(url));
    const course = testCourse({ title: 'Before' });
    await writer.publish(course);
    await writer.declare();
    const api = keep(await startApi({ redisUrl: `redis://${proxy.address}`, prefix, cacheFreshMs: 3_600_000 }));
    const path = `/v1/courses/${course.id}`;
    expect((await api.app.inject(path)).json().title).toBe('Before');
    await proxy.stop();
    await eventually(() => !api.readModel.isUp);
    await writer.publish({ ...course, title: 'After' });
    expect((await api.app.inject(path)).json().title).toBe('Before');
    await proxy.start();
    await eventually(async () => (await api.app.inject(path)).json().title === 'After');
    const response = await api.app.inject({ url: path, headers: { 'x-read-after': writer.position } });
    expect(response.headers).not.toHaveProperty('x-read-stale');
  });

  it('is not held up by a Redis that hangs', async () => {
    const { url, prefix } = testRedis();
    const writer = keep(new RedisWriter(url, prefix));
    const proxy = keep(await startProxy(url));
    const course = testCourse();
    await writer.publish(course);
    await writer.declare();
    const options = { redisUrl: `redis://${proxy.address}`, prefix, cacheFreshMs: 0, commandTimeoutMs: 500 };
    const api = keep(await startApi(options));
    await eventually(async () => (await api.app.inject(`/v1/courses/${course.id}`)).statusCode === 200);
    proxy.hang();
    const answers = await Promise.all([api.app.inject(`/v1/courses/${course.id}`), api.app.inject('/v1/courses')]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 503]);
    expect(answers[0]?.headers['x-read-stale']).toBe('true');
  });

  it('is 503 from a start on, until Redis comes', async () => {
    const api = keep(await startApi({ redisUrl: 'redis://127.0.0.1:9', prefix: 'edu', connects: false }));
    expect(await problemOf(api, '/v1/courses')).toMatchObject(UNAVAILABLE);
  });

  it('still searches, with whatever is paid locked, to its owner too', async () => {
    const [server, search] = await Promise.all([ownRedis(), ownSearch()]);
    const writer = keep(new RedisWriter(server.url, 'edu'));
    const section = { heading: 'Mixing', anchor: 'mixing', text: 'Autolysis makes dough supple' };
    const course = testCourse({ lessons: [testLesson({ access: 'paid', sections: [section] })] });
    await Promise.all([writer.publish(course), search.writer.publish(course)]);
    await writer.declare();
    const api = keep(await startApi({ redisUrl: server.url, prefix: 'edu', search: searchOptions(search.writer) }));
    const find = () => api.app.inject({ url: '/v1/search?q=autolysis', headers: as(course.ownerId, 'teacher') });
    expect((await find()).json().items).toMatchObject([{ type: 'lesson', locked: false }]);
    await server.close();
    await eventually(() => !api.readModel.isUp);
    const page: SearchPage = (await find()).json();
    expect(page).toMatchObject({ degraded: false, items: [{ type: 'lesson', locked: true, snippet: null }] });
  });

  it('finds the indexes by their names when Redis was never there', async () => {
    const { writer } = await ownSearch();
    await writer.publish(testCourse({ title: 'Findable' }));
    const search = searchOptions(writer);
    const api = keep(await startApi({ redisUrl: 'redis://127.0.0.1:9', prefix: 'edu', search, connects: false }));
    expect((await api.app.inject('/v1/search?q=findable')).json()).toMatchObject({
      degraded: false,
      items: [{ type: 'course', course: { title: 'Findable' } }],
    });
  });
});

describe('while the search engine is away', () => {
  async function setUp() {
    const { url, prefix } = testRedis();
    const [redis, search] = [keep(new RedisWriter(url, prefix)), await ownSearch()];
    const courses = [
      testCourse({ title: 'Sourdough at home', category: 'cooking' }),
      testCourse({ title: 'Rust <without> tears', category: 'programming' }),
      ...Array.from({ length: 6 }, () => testCourse({ category: 'music', level: 'advanced' })),
    ];
    await Promise.all([redis.publish(...courses), search.writer.publish(...courses)]);
    await redis.declare();
    const api = keep(await startApi({ redisUrl: url, prefix, search: searchOptions(search.writer) }));
    const find = async (query: string): Promise<SearchPage> => {
      const response = await api.app.inject(`/v1/search?${query}`);
      expect(response.statusCode, response.body).toBe(200);
      expect(violations(SearchPage, response.json())).toEqual([]);
      return response.json();
    };
    return { api, find, search, redis, courses };
  }

  it('answers from the catalog, labelled, filtered and by title, and walks it to its end', async () => {
    const { api, find, search, courses, redis } = await setUp();
    expect((await find('q=sourdough')).degraded).toBe(false);
    await search.server.close();
    expect(await find('q=sourdough%20bread')).toMatchObject({
      degraded: true,
      items: [{ type: 'course', course: { title: 'Sourdough at home' } }],
      nextCursor: null,
    });
    const rust = await find('q=rust');
    expect(rust.items[0]).toMatchObject({ titleHighlighted: 'Rust &lt;without&gt; tears' });
    expect((await find('category=music&category=cooking&limit=50')).items).toHaveLength(7);
    expect((await find('q=nowhere')).items).toEqual([]);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: SearchPage = await find(`limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((item) => (item.type === 'course' ? item.course.id : '')));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([...courses].reverse().map(({ id }) => id));
    const response = await api.app.inject('/v1/search');
    expect(response.headers['x-read-position']).toBe(redis.position);
  });

  it('is back in the search engine soon after it is', async () => {
    const { url, prefix } = testRedis();
    const [redis, search] = [keep(new RedisWriter(url, prefix)), await ownSearch()];
    await redis.declare();
    await search.writer.publish(testCourse({ title: 'Findable' }));
    const proxy = keep(await startProxy(search.server.url));
    const options = { ...searchOptions(search.writer), url: `http://${proxy.address}`, timeoutMs: 1000 };
    const api = keep(await startApi({ redisUrl: url, prefix, search: options }));
    const isDegraded = async (): Promise<boolean> => (await api.app.inject('/v1/search?q=findable')).json().degraded;
    await eventually(async () => !(await isDegraded()));
    proxy.hang();
    expect([await isDegraded(), await isDegraded()]).toEqual([true, true]);
    await proxy.stop();
    await proxy.start();
    await eventually(async () => !(await isDegraded()));
  });

  it('holds nobody up who asks for a position that only the search engine has not passed', async () => {
    const { api, search, redis, find } = await setUp();
    await search.server.close();
    await find('q=sourdough');
    const position = redis.nextPosition();
    await redis.announce({ position });
    await eventually(() => api.readModel.state.mark('redis')?.position === position);
    const response = await api.app.inject({ url: '/v1/search', headers: { 'x-read-after': position } });
    expect(response.json()).toMatchObject({ degraded: true });
    expect(response.headers).not.toHaveProperty('x-read-stale');
  });

  it('answers from the catalog while the index is being built', async () => {
    const { api, redis, find } = await setUp();
    await redis.declare({ searchReady: 'false' });
    await api.readModel.confirm();
    expect(await find('q=sourdough')).toMatchObject({ degraded: true });
  });
});
