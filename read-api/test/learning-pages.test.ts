import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startTestRedis, type TestServer } from '@eduplatform/local/testing/context';
import { startProxy, type Proxy } from '@eduplatform/local/testing/proxy';
import { as, startApi, type TestApi } from './support/api.ts';
import { positionAt, testCourse, testLesson } from './support/courses.ts';
import { at, learning, payment, tombstone } from './support/learning.ts';
import { RedisWriter } from './support/redis-writer.ts';

const LENGTH = 10_000;

describe.each([
  ['on the Redis at hand', undefined],
  ['on the built-in one', 'built-in'],
] as const)('lists of one person, %s', (_name, kind) => {
  let directory: string;
  let server: TestServer;
  let writer: RedisWriter;
  let proxy: Proxy;
  let api: TestApi;

  const [student, busy] = [randomUUID(), randomUUID()];
  const courses = Array.from({ length: 30 }, () => testCourse({ lessons: [testLesson(), testLesson()] }));
  const [course] = courses as [(typeof courses)[number]];
  /** What was sent to Redis and answered, apart from the question for a sign of life after a silence. */
  const traffic = () => {
    const { commands, answered } = proxy.takeTraffic();
    return { commands: commands.filter((name) => name !== 'ping'), answered };
  };
  const get = (path: string, user = student, headers = {}) =>
    api.app.inject({ url: path, headers: { ...as(user), ...headers } });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'read-api-'));
    server = await startTestRedis(directory, kind);
    writer = new RedisWriter(server.url, 'edu');
    await writer.publish(...courses);
    await writer.fill([
      ...courses.map((each, minute) => learning(student, each, { enrolledAt: at(minute) })),
      ...Array.from({ length: LENGTH }, (_, minute) => payment(busy, { createdAt: at(minute) })),
    ]);
    await writer.declare();
    proxy = await startProxy(server.url);
    api = await startApi({ redisUrl: `redis://${proxy.address}`, prefix: 'edu' });
    // The first question brings the script along.
    await get('/v1/me/courses');
  });
  afterAll(async () => {
    await api.close();
    await proxy.close();
    await writer.close();
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('my courses are one command to Redis, which confirms too that the model is complete', async () => {
    for (const limit of [1, 20, 100]) {
      traffic();
      const response = await get(`/v1/me/courses?limit=${limit}`);
      expect(response.json().items).toHaveLength(Math.min(limit, courses.length));
      expect(traffic().commands).toEqual(['evalsha']);
    }
  });

  it('a script that Redis has forgotten is brought again', async () => {
    await writer.redis.script('FLUSH');
    traffic();
    expect((await get('/v1/me/courses')).statusCode).toBe(200);
    expect(traffic().commands).toEqual(['evalsha', 'eval']);
  });

  it(`${LENGTH} items are walked once each, and every page costs the same`, async () => {
    const seen: string[] = [];
    const costs: number[] = [];
    let pages = 0;
    let cursor: string | null = null;
    do {
      traffic();
      const response = await get(`/v1/payments/me?limit=100${cursor === null ? '' : `&cursor=${cursor}`}`, busy);
      const page: { items: { id: string; createdAt: string }[]; nextCursor: string | null } = response.json();
      const { commands, answered } = traffic();
      expect(commands).toEqual(['evalsha']);
      pages += 1;
      // The last page has no more behind it.
      if (page.nextCursor !== null) costs.push(answered);
      seen.push(...page.items.map(({ createdAt, id }) => `${createdAt} ${id}`));
      cursor = page.nextCursor;
    } while (cursor !== null && seen.length <= LENGTH);
    expect(new Set(seen).size).toBe(LENGTH);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(pages).toBe(LENGTH / 100);
    // A page reads its members, one more, and their documents, wherever in the list it lies.
    // A sign of life is some bytes more.
    expect(Math.max(...costs) - Math.min(...costs)).toBeLessThan(50);
  });

  it('what is inserted and moved during a walk makes nothing appear twice', async () => {
    const pageOf = async (cursor: string | null) =>
      (await get(`/v1/me/courses?limit=10${cursor === null ? '' : `&cursor=${cursor}`}`)).json();
    const first = await pageOf(null);
    // The last one of all becomes the latest.
    await writer.batch([learning(student, course, { enrolledAt: at(0), lastActivityAt: at(500) })]);
    const second = await pageOf(first.nextCursor);
    const third = await pageOf(second.nextCursor);
    const ids = [first, second, third].flatMap(({ items }) => items).map(({ courseId }) => courseId);
    expect(new Set(ids).size).toBe(courses.length - 1);
    expect((await pageOf(null)).items[0].courseId).toBe(course.id);
  });

  it('are read at or past X-Read-After, with what was written then', async () => {
    const done = learning(student, course, {
      enrolledAt: at(0),
      lastActivityAt: at(600),
      done: [course.lessons[0]?.id ?? ''],
    });
    const position = writer.nextPosition();
    const pending = get('/v1/me/courses?limit=1', student, { 'x-read-after': position });
    const touched = await writer.write([done]);
    await writer.announce({ touched, position });
    const response = await pending;
    expect(response.json().items[0]).toMatchObject({ courseId: course.id, percent: 50 });
    expect(response.headers['x-read-position']).toBe(position);
    expect(response.headers).not.toHaveProperty('x-read-stale');
  });

  it('are never answered from a copy, even when nobody announced a change', async () => {
    await writer.write([learning(student, course, { lastActivityAt: at(700), courseTitle: 'Changed in silence' })]);
    expect((await get('/v1/me/courses?limit=1')).json().items[0].courseTitle).toBe('Changed in silence');
    await writer.write([tombstone(learning(student, course))]);
    expect((await get(`/v1/progress/courses/${course.id}`)).json()).toMatchObject({ code: 'not_enrolled' });
  });

  it('follow a generation that was cut over to, at once', async () => {
    writer.generation = 2;
    await writer.fill([learning(student, course, { courseTitle: 'Of the next generation' })]);
    await writer.declare();
    const { items } = (await get('/v1/me/courses')).json();
    expect(items).toMatchObject([{ courseTitle: 'Of the next generation' }]);
  });

  it('are 503 while the model is being built, but for documents that are there', async () => {
    const there = payment(student);
    await writer.fill([there]);
    await writer.declare({ redisReady: 'false' });
    const { id } = JSON.parse(there.body);
    const paths = ['/v1/me/courses', '/v1/notifications/me', `/v1/payments/${randomUUID()}`, '/v1/me'];
    for (const path of paths) {
      const response = await get(path);
      expect(response.json()).toMatchObject({ status: 503, code: 'read_model_building' });
      expect(response.headers['retry-after']).toBeDefined();
    }
    expect((await get(`/v1/payments/${id}`)).statusCode).toBe(200);
    await writer.declare();
    expect((await get(`/v1/payments/${randomUUID()}`)).statusCode).toBe(404);
  });

  it('are 503 while Redis is away, and back with it', async () => {
    await proxy.stop();
    await eventually(() => !api.readModel.isUp);
    for (const path of ['/v1/me/courses', '/v1/me', `/v1/reviews/course/${course.id}`]) {
      const response = await get(path, student, { 'x-read-after': positionAt(1) });
      expect(response.json()).toMatchObject({ status: 503, code: 'read_model_unavailable' });
      expect(response.headers['retry-after']).toBeDefined();
    }
    await proxy.start();
    await eventually(async () => (await get('/v1/me/courses')).statusCode === 200);
  });
});
