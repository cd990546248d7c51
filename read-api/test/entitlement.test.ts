import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, testRedis, testSearch } from '@eduplatform/local/testing/context';
import { startProxy, type Proxy } from '@eduplatform/local/testing/proxy';
import type { Role } from '@eduplatform/contracts/primitives';
import type { LessonHit, SearchPage } from '@eduplatform/contracts/search';
import { as, startApi, type TestApi } from './support/api.ts';
import { testCourse, testLesson } from './support/courses.ts';
import { learning, notification, question, tombstone } from './support/learning.ts';
import { RedisWriter } from './support/redis-writer.ts';
import { SearchWriter } from './support/search-writer.ts';

const { url, prefix } = testRedis();
const redis = new RedisWriter(url, prefix);
const search = new SearchWriter(testSearch());
let proxy: Proxy;
let api: TestApi;

const TEXT = 'Celadon crackles while it cools';
const sections = [{ heading: 'Glazing', anchor: 'glazing', text: TEXT }];
const paid = testLesson({ title: 'Firing', access: 'paid', sections });
const free = testLesson({ title: 'Kneading', access: 'free', sections });
const course = testCourse({ title: 'Pottery', lessons: [paid, free], price: { amount: 100, currency: 'EUR' } });
const other = testCourse({ title: 'Weaving', lessons: [testLesson({ access: 'paid' })] });
const [enrolled, refunded, elsewhere, student, teacher, admin] = Array.from({ length: 6 }, () => randomUUID()) as [
  ...[string, string, string, string, string, string],
];

beforeAll(async () => {
  await search.create();
  await search.publish(course, other);
  await redis.publish(course, other);
  await redis.batch([
    learning(enrolled, course),
    learning(refunded, course),
    learning(elsewhere, other),
    question(paid.id, { title: 'Why does celadon crack?' }),
    notification(student),
  ]);
  await redis.batch([tombstone(learning(refunded, course))]);
  await redis.declare();
  proxy = await startProxy(url);
  const { url: searchUrl, apiKey, indexPrefix } = search;
  api = await startApi({
    redisUrl: `redis://${proxy.address}`,
    prefix,
    search: { url: searchUrl, apiKey, indexPrefix, timeoutMs: 15_000 },
  });
});
afterAll(async () => {
  await api.close();
  await proxy.close();
  await search.close();
  await redis.close();
});

const user = (id: string, role: Role = 'student') => as(id, role);
const READERS: [who: string, headers: Record<string, string>, opens: boolean][] = [
  ['a stranger', {}, false],
  ['a student who is not enrolled', user(student), false],
  ['a student of another course', user(elsewhere), false],
  ['a student whose payment was refunded', user(refunded), false],
  ['another teacher', user(teacher, 'teacher'), false],
  ['who is enrolled', user(enrolled), true],
  ['a teacher who is enrolled', user(enrolled, 'teacher'), true],
  ['the owner', user(course.ownerId, 'teacher'), true],
  ['an admin', user(admin, 'admin'), true],
];
const get = (path: string, headers: Record<string, string>) => api.app.inject({ url: path, headers });
const hitsOf = async (headers: Record<string, string>): Promise<{ page: SearchPage; hits: LessonHit[] }> => {
  const page: SearchPage = (await get('/v1/search?q=celadon', headers)).json();
  return { page, hits: page.items.filter((item) => item.type === 'lesson') };
};

describe.each(READERS)('the text of a paid lesson, to %s', (_who, headers, opens) => {
  it(`is ${opens ? 'sent' : 'not sent'} with the lesson`, async () => {
    const response = await get(`/v1/lessons/${paid.id}`, headers);
    expect(response.json()).toMatchObject({ locked: !opens });
    expect(response.body.includes(TEXT)).toBe(opens);
  });

  it(`is ${opens ? 'shown' : 'not shown'} in a search hit`, async () => {
    const { page, hits } = await hitsOf(headers);
    expect(page.degraded).toBe(false);
    const hit = hits.find(({ id }) => id === paid.id);
    expect(hit).toMatchObject({ access: 'paid', locked: !opens, heading: 'Glazing' });
    expect(hit?.snippet ?? '').toBe(opens ? '<mark>Celadon</mark> crackles while it cools' : '');
    expect(hits.find(({ id }) => id === free.id)).toMatchObject({ locked: false });
  });

  it('is in no curriculum, page of the course, list or profile', async () => {
    const paths = [
      ...[`/v1/courses/${course.id}`, `/v1/courses/${course.id}/curriculum`, '/v1/courses'],
      ...[
        `/v1/teachers/${course.ownerId}`,
        `/v1/reviews/course/${course.id}`,
        '/v1/me/courses',
        '/v1/notifications/me',
      ],
      ...[`/v1/courses/${course.id}/standing`, `/v1/progress/courses/${course.id}`, `/v1/lessons/${paid.id}/notes/me`],
    ];
    for (const path of paths) expect((await get(path, headers)).body).not.toContain('crackles');
  });

  it(`goes with its questions, which are ${opens ? 'open' : 'closed'}`, async () => {
    const response = await get(`/v1/lessons/${paid.id}/questions`, headers);
    const refusal = headers['authorization']
      ? { status: 403, code: 'not_enrolled' }
      : { status: 401, code: 'unauthenticated' };
    if (opens) expect(response.json().items).toMatchObject([{ title: 'Why does celadon crack?' }]);
    else expect(response.json()).toMatchObject(refusal);
  });
});

describe('an enrollment', () => {
  it('opens and closes the lesson from the position on at which it was given and taken', async () => {
    const somebody = randomUUID();
    const read = async (position: string) =>
      (await get(`/v1/lessons/${paid.id}`, { ...user(somebody), 'x-read-after': position })).json().locked;
    expect(await read(redis.position)).toBe(true);
    expect(await read(await redis.batch([learning(somebody, course)]))).toBe(false);
    expect(await read(await redis.batch([tombstone(learning(somebody, course))]))).toBe(true);
  });

  it('that was taken without anybody being told is not believed from a copy', async () => {
    const somebody = randomUUID();
    await redis.batch([learning(somebody, course)]);
    expect((await get(`/v1/lessons/${paid.id}`, user(somebody))).json().locked).toBe(false);
    await redis.write([tombstone(learning(somebody, course))]);
    const response = await get(`/v1/lessons/${paid.id}`, user(somebody));
    expect(response.json()).toMatchObject({ locked: true, html: null });
    expect((await hitsOf(user(somebody))).hits.find(({ id }) => id === paid.id)).toMatchObject({ locked: true });
  });

  it('does not answer 304 to the open page once it is over', async () => {
    const somebody = randomUUID();
    await redis.batch([learning(somebody, course)]);
    const open = await get(`/v1/lessons/${paid.id}`, user(somebody));
    await redis.batch([tombstone(learning(somebody, course))]);
    const headers = { ...user(somebody), 'if-none-match': open.headers.etag as string };
    expect((await get(`/v1/lessons/${paid.id}`, headers)).statusCode).toBe(200);
  });

  it('is asked for once for all hits of a page', async () => {
    await hitsOf(user(enrolled));
    proxy.takeTraffic();
    await hitsOf(user(enrolled));
    expect(proxy.takeTraffic().commands.filter((name) => name === 'evalsha')).toHaveLength(1);
  });

  it('that cannot be read opens nothing: 503 for the lesson, a lock in search', async () => {
    await proxy.stop();
    await eventually(() => !api.readModel.isUp);
    const lesson = await get(`/v1/lessons/${paid.id}`, user(enrolled));
    expect(lesson.json()).toMatchObject({ status: 503, code: 'read_model_unavailable' });
    const { page, hits } = await hitsOf(user(enrolled));
    expect(hits.find(({ id }) => id === paid.id)).toMatchObject({ locked: true, snippet: null });
    expect(hits.find(({ id }) => id === free.id)).toMatchObject({ locked: false });
    expect(JSON.stringify(page.items.filter((item) => 'locked' in item && item.locked))).not.toContain('crackles');
    await proxy.start();
    await eventually(async () => (await get(`/v1/lessons/${paid.id}`, user(enrolled))).json().locked === false);
  });
});
