import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { searchFields } from '@eduplatform/contracts/redis-keys';
import type { SearchPage } from '@eduplatform/contracts/search';
import type { SearchServer, SearchSinkName } from '@eduplatform/contracts/search-servers';
import { eventually, startTestSearch, testRedis } from '@eduplatform/local/testing/context';
import { startProxy } from '@eduplatform/local/testing/proxy';
import { startApi } from './support/api.ts';
import { testCourse } from './support/courses.ts';
import { RedisWriter } from './support/redis-writer.ts';
import { SearchWriter } from './support/search-writer.ts';

const MASTER_KEY = 'a-master-key-for-tests';
let directory: string;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'search-servers-'));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function keep<T extends { close(): Promise<void> }>(thing: T): T {
  closing.push(() => thing.close());
  return thing;
}

const course = testCourse({ title: 'Findable' });

/** A search server behind a proxy; what is found on it has a title of its own. */
async function startServer(name: SearchSinkName) {
  const server = keep(await startTestSearch(join(directory, `${name}-${closing.length}`), MASTER_KEY));
  const writer = new SearchWriter({ url: server.url, masterKey: MASTER_KEY, indexPrefix: '' });
  await writer.create();
  await writer.publish({ ...course, title: `Findable on ${name}` });
  const proxy = keep(await startProxy(server.url));
  const address: SearchServer = { name, url: `http://${proxy.address}`, key: writer.apiKey };
  return { name, writer, proxy, address };
}

/** Two servers with the same courses, and a read API over both. */
async function setUp(options: { timeoutMs?: number; maxBehindMs?: number } = {}) {
  const { url, prefix } = testRedis();
  const redis = keep(new RedisWriter(url, prefix));
  const [first, second] = [await startServer('search'), await startServer('search-2')];
  await redis.publish(course);
  const mark = JSON.stringify({ position: redis.position, at: new Date().toISOString() });
  const fields = searchFields('search-2');
  await redis.declare({
    [fields.generation]: '1',
    [fields.epoch]: '1',
    [fields.ready]: 'true',
    [fields.watermark]: mark,
  });
  const api = keep(
    await startApi({
      redisUrl: url,
      prefix,
      readAfterMs: 50,
      search: { url: first.address.url, apiKey: first.address.key, indexPrefix: '', timeoutMs: 15_000, ...options },
      furtherSearch: [second.address],
    }),
  );
  /** Who answered; `degraded` when the catalog did. */
  const ask = async (headers: Record<string, string> = {}) => {
    const response = await api.app.inject({ url: '/v1/search?q=findable', headers });
    expect(response.statusCode, response.body).toBe(200);
    const page: SearchPage = response.json();
    const [hit] = page.items;
    const title = hit?.type === 'course' ? hit.course.title : '';
    return { by: page.degraded ? 'degraded' : title.replace('Findable on ', ''), headers: response.headers };
  };
  const askedOf = async (count: number, headers?: Record<string, string>): Promise<string[]> => {
    const answers = new Set<string>();
    for (let asked = 0; asked < count; asked += 1) answers.add((await ask(headers)).by);
    return [...answers].toSorted();
  };
  /** Announces that a sink has come to a position, and waits until the API has heard it. */
  const announce = async (sink: 'redis' | SearchSinkName, position: string) => {
    await redis.announce({ sink, position });
    await eventually(() => api.readModel.state.mark(sink)?.position === position);
  };
  return { api, redis, first, second, ask, askedOf, announce };
}

it('searches are spread over the servers', async () => {
  const { askedOf } = await setUp();
  expect(await askedOf(10)).toEqual(['search', 'search-2']);
});

it('a server that is stopped costs no search, and is back soon after it is', async () => {
  const { first, askedOf } = await setUp();
  await first.proxy.stop();
  expect(await askedOf(20)).toEqual(['search-2']);
  await first.proxy.start();
  await eventually(async () => (await askedOf(2)).includes('search'));
});

it('a server that hangs costs no search', async () => {
  const { second, askedOf } = await setUp({ timeoutMs: 3000 });
  await askedOf(4);
  second.proxy.hang();
  expect(await askedOf(6)).toEqual(['search']);
});

it('a server that lost its data is passed over', async () => {
  const { second, askedOf } = await setUp();
  await second.writer.close();
  expect(await askedOf(10)).toEqual(['search']);
});

it('a server that is being built again is passed over while the other serves', async () => {
  const { api, redis, askedOf } = await setUp();
  await redis.declare({ [searchFields('search-2').ready]: 'false' });
  await api.readModel.confirm();
  expect(await askedOf(10)).toEqual(['search']);
});

it('no search is answered by a server that has not what the reader asks for, while another has', async () => {
  const { redis, ask, askedOf, announce } = await setUp();
  const position = redis.nextPosition();
  await announce('redis', position);
  await announce('search-2', position);
  const headers = { 'x-read-after': position };
  expect(await askedOf(20, headers)).toEqual(['search-2']);
  expect((await ask(headers)).headers).not.toHaveProperty('x-read-stale');
  expect(await askedOf(10)).toEqual(['search', 'search-2']);
});

it('a server that stays behind is not asked, and comes back when it has caught up', async () => {
  const { redis, askedOf, announce } = await setUp({ maxBehindMs: 0 });
  const [earlier, later] = [redis.nextPosition(), redis.nextPosition()];
  await announce('search-2', earlier);
  await announce('search-2', later);
  expect(await askedOf(10)).toEqual(['search-2']);
  await announce('search', later);
  expect(await askedOf(10)).toEqual(['search', 'search-2']);
});

it('the last server left answers however old it is, and says so', async () => {
  const { redis, first, second, ask, announce } = await setUp({ maxBehindMs: 0 });
  const position = redis.nextPosition();
  await announce('redis', position);
  await announce('search', position);
  await first.proxy.stop();
  const headers = { 'x-read-after': position };
  expect(await ask(headers)).toMatchObject({ by: 'search-2', headers: { 'x-read-stale': 'true' } });
  await second.proxy.stop();
  expect(await ask()).toMatchObject({ by: 'degraded' });
  await second.proxy.start();
  await eventually(async () => (await ask()).by === 'search-2');
});

it('what is found on a server that refused a newer version of it is told to be stale', async () => {
  const { redis, ask, announce, second } = await setUp();
  await second.proxy.stop();
  await eventually(async () => (await ask()).by === 'search');
  expect((await ask()).headers).not.toHaveProperty('x-read-stale');
  await redis.announce({ sink: 'search', dead: [`courses:${course.id}`] });
  await eventually(async () => (await ask()).headers['x-read-stale'] === 'true');
  await announce('search', redis.nextPosition());
  expect((await ask()).headers).not.toHaveProperty('x-read-stale');
});

it('a position is live when one server has it, and each is told of', async () => {
  const { api, redis, first, announce } = await setUp();
  const position = redis.nextPosition();
  const statusOf = async (timeoutMs: number) =>
    (await api.app.inject(`/v1/positions/${position}?timeoutMs=${timeoutMs}`)).json();
  await announce('redis', position);
  expect(await statusOf(0)).toMatchObject({ live: false });
  const pending = statusOf(30_000);
  await announce('search', position);
  expect(await pending).toMatchObject({
    live: true,
    sinks: [
      { name: 'redis', passed: true },
      { name: 'search', passed: true },
      { name: 'search-2', passed: false, at: null },
    ],
  });
  // Out of rotation, it no longer counts.
  await first.proxy.stop();
  await eventually(async () => (await statusOf(0)).live === false);
});
