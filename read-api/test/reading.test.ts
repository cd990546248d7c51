import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TSchema } from '@sinclair/typebox';
import { CategoryList, Course, Curriculum, Lesson } from '@eduplatform/contracts/documents';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { testRedis } from '@eduplatform/local/testing/context';
import { as, startApi, type TestApi } from './support/api.ts';
import { violations } from './support/conforms.ts';
import { testCourse, testLesson } from './support/courses.ts';
import { RedisWriter } from './support/redis-writer.ts';

const { url, prefix } = testRedis();
const writer = new RedisWriter(url, prefix);
let api: TestApi;

const TEXT = 'Nobody may read this sentence without paying';
const [free, preview, paid, unguarded] = (['free', 'preview', 'paid', 'paid'] as const).map((access) =>
  testLesson({
    access,
    title: `A ${access} lesson`,
    sections: [{ heading: 'Part one', anchor: 'part-one', text: TEXT }],
  }),
) as [Lesson_, Lesson_, Lesson_, Lesson_];
type Lesson_ = ReturnType<typeof testLesson>;
const course = testCourse({ lessons: [free, preview, paid, unguarded], price: { amount: 100, currency: 'EUR' } });
const categories = {
  items: [{ slug: 'cooking', name: { en: 'Cooking', ru: 'Кулинария' }, hue: 1, motif: 'waves', courseCount: 1 }],
  nextCursor: null,
};

beforeAll(async () => {
  await writer.publish(course);
  await writer.batch([{ key: documentKeys.categories(), version: writer.position, body: JSON.stringify(categories) }]);
  await writer.redis.hset(`${prefix}:g1:${documentKeys.lessonLocked(unguarded.id)}`, 'g', '{"access":"free"');
  await writer.declare();
  api = await startApi({ redisUrl: url, prefix });
});
afterAll(async () => {
  await api.close();
  await writer.close();
});

const stored = async (key: string): Promise<string> => (await writer.redis.hget(`${prefix}:g1:${key}`, 'd')) ?? '';

const PAGES: [string, string, string, TSchema][] = [
  ['a course by id', `/v1/courses/${course.id}`, documentKeys.course(course.id), Course],
  ['a course by slug', `/v1/courses/${course.slug}`, documentKeys.course(course.id), Course],
  ['a curriculum by id', `/v1/courses/${course.id}/curriculum`, documentKeys.curriculum(course.id), Curriculum],
  ['a curriculum by slug', `/v1/courses/${course.slug}/curriculum`, documentKeys.curriculum(course.id), Curriculum],
  ['a free lesson', `/v1/lessons/${free.id}`, documentKeys.lesson(free.id), Lesson],
  ['a locked lesson', `/v1/lessons/${paid.id}`, documentKeys.lessonLocked(paid.id), Lesson],
  ['the categories', '/v1/categories', documentKeys.categories(), CategoryList],
];

describe.each(PAGES)('%s', (_name, path, key, schema) => {
  it('is sent byte for byte as it is stored', async () => {
    const response = await api.app.inject(path);
    expect(response.statusCode).toBe(200);
    expect(response.body).toBe(await stored(key));
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(violations(schema, response.json())).toEqual([]);
  });

  it('says how fresh it is', async () => {
    const { headers } = await api.app.inject(path);
    expect(headers['x-read-position']).toBe(writer.position);
    expect(Date.parse(headers['x-read-time'] as string)).toBeLessThanOrEqual(Date.now());
    expect(headers).not.toHaveProperty('x-read-stale');
  });

  it('is not sent again to a reader who holds it', async () => {
    const { headers } = await api.app.inject(path);
    const conditional = (etag: string) => api.app.inject({ url: path, headers: { 'if-none-match': etag } });
    const same = await conditional(`"other", ${headers.etag as string}`);
    expect({ status: same.statusCode, body: same.body }).toEqual({ status: 304, body: '' });
    expect(same.headers).toMatchObject({ etag: headers.etag, 'cache-control': headers['cache-control'] });
    expect(same.headers['x-read-position']).toBe(writer.position);
    expect((await conditional('"other"')).statusCode).toBe(200);
  });

  it('answers HEAD with the headers alone', async () => {
    const get = await api.app.inject(path);
    const head = await api.app.inject({ method: 'HEAD', url: path });
    expect({ status: head.statusCode, body: head.body }).toEqual({ status: 200, body: '' });
    expect(head.headers).toMatchObject({ etag: get.headers.etag, 'content-length': String(get.rawPayload.length) });
  });
});

describe('a lesson', () => {
  const readers = [
    ['an anonymous reader', {}],
    ['another student', as('11111111-1111-4111-8111-111111111111')],
    ['another teacher', as('22222222-2222-4222-8222-222222222222', 'teacher')],
    ['its owner', as(course.ownerId, 'teacher')],
    ['an admin', as('33333333-3333-4333-8333-333333333333', 'admin')],
  ] as const;

  it.each([
    ['free', free, [true, true, true, true, true]],
    ['a preview', preview, [true, true, true, true, true]],
    ['paid', paid, [false, false, false, true, true]],
    ['of a guard that cannot be read', unguarded, [false, false, false, false, false]],
  ] as const)(
    'that is %s is open to whom it may be, and shows the others none of its text',
    async (_name, lesson, open) => {
      for (const [index, [who, headers]] of readers.entries()) {
        const response = await api.app.inject({ url: `/v1/lessons/${lesson.id}`, headers });
        expect(response.statusCode).toBe(200);
        expect([who, response.json().locked]).toEqual([who, !open[index]]);
        expect([who, response.body.includes(TEXT)]).toEqual([who, open[index]]);
        expect([who, response.json().html === null]).toEqual([who, !open[index]]);
      }
    },
  );

  it('stays locked when it became paid between the reads of its guard and of its text', async () => {
    const changing = testLesson({ access: 'paid', sections: [{ heading: 'Part', anchor: 'part', text: TEXT }] });
    const owned = testCourse({ lessons: [changing] });
    await writer.publish(owned);
    const guard = { access: 'free', courseId: owned.id, ownerId: owned.ownerId };
    // The guard as it was before, beside the text as it is now.
    await writer.redis.hset(`${prefix}:g1:${documentKeys.lessonLocked(changing.id)}`, 'g', JSON.stringify(guard));
    const response = await api.app.inject(`/v1/lessons/${changing.id}`);
    expect(response.json()).toMatchObject({ locked: true, html: null });
    expect(response.body).not.toContain(TEXT);
    expect(
      (await api.app.inject({ url: `/v1/lessons/${changing.id}`, headers: as(owned.ownerId) })).json(),
    ).toMatchObject({ locked: false });
  });

  it('is never kept by a shared cache, and varies by reader', async () => {
    const { headers } = await api.app.inject(`/v1/lessons/${paid.id}`);
    expect(headers).toMatchObject({
      'cache-control': 'private, no-cache',
      vary: expect.stringContaining('Authorization'),
    });
    const owner = await api.app.inject({ url: `/v1/lessons/${paid.id}`, headers: as(course.ownerId) });
    expect(owner.headers.etag).not.toBe(headers.etag);
  });

  it('does not answer 304 to the locked page once it is open', async () => {
    const locked = await api.app.inject(`/v1/lessons/${paid.id}`);
    const headers = { ...as(course.ownerId), 'if-none-match': locked.headers.etag as string };
    expect((await api.app.inject({ url: `/v1/lessons/${paid.id}`, headers })).statusCode).toBe(200);
  });
});

const NOBODY = '00000000-0000-4000-8000-00000000000f';

describe('what is not there', () => {
  it.each([
    [`/v1/courses/${NOBODY}`, 'course_not_found'],
    ['/v1/courses/no-such-course', 'course_not_found'],
    [`/v1/courses/${NOBODY}/curriculum`, 'course_not_found'],
    ['/v1/courses/no-such-course/curriculum', 'course_not_found'],
    [`/v1/lessons/${NOBODY}`, 'lesson_not_found'],
    ['/v1/nothing', 'not_found'],
  ])('is 404 with its own code: %s', async (path, code) => {
    expect((await api.app.inject(path)).json()).toMatchObject({ status: 404, code });
  });

  it('is what was unpublished, from the announcement on', async () => {
    const gone = testCourse({ lessons: [testLesson()] });
    await writer.publish(gone);
    const paths = [`/v1/courses/${gone.id}`, `/v1/courses/${gone.slug}`, `/v1/lessons/${gone.lessons[0]?.id}`];
    for (const path of paths) expect((await api.app.inject(path)).statusCode).toBe(200);
    const keys = [
      ...[documentKeys.card(gone.id), documentKeys.course(gone.id), documentKeys.slug(gone.slug)],
      ...gone.lessons.flatMap(({ id }) => [documentKeys.lesson(id), documentKeys.lessonLocked(id)]),
    ];
    const position = await writer.batch(
      keys.map((key) => ({ key, version: writer.position, tombstone: true as const })),
    );
    for (const path of paths) {
      const response = await api.app.inject({ url: path, headers: { 'x-read-after': position } });
      expect(response.statusCode).toBe(404);
    }
    expect((await api.app.inject({ url: '/v1/courses', headers: { 'x-read-after': position } })).body).not.toContain(
      gone.id,
    );
  });
});

describe('bad input', () => {
  it.each([
    ['/v1/courses/Not_A_Slug', 'invalid_request'],
    ['/v1/courses/%3Cscript%3E', 'invalid_request'],
    ['/v1/courses/..%2F..%2Fetc', 'invalid_request'],
    ['/v1/lessons/not-an-id', 'invalid_request'],
    [`/v1/lessons/${NOBODY.toUpperCase()}`, 'invalid_request'],
    ['/v1/courses?sort=price', 'invalid_request'],
    ['/v1/courses?sort=newest&sort=title', 'invalid_request'],
    ['/v1/courses?limit=0', 'invalid_request'],
    ['/v1/courses?limit=101', 'invalid_request'],
    ['/v1/courses?limit=ten', 'invalid_request'],
    ['/v1/courses?category=a"b', 'invalid_request'],
    ['/v1/courses?language=de', 'invalid_request'],
    ['/v1/courses?price=0', 'invalid_request'],
    ['/v1/courses?unknown=1', 'invalid_request'],
    [`/v1/courses?cursor=${'A'.repeat(401)}`, 'invalid_request'],
    ['/v1/courses?cursor=AAAA', 'invalid_cursor'],
    ['/v1/positions/1', 'invalid_position'],
    [`/v1/positions/${'9'.repeat(150)}`, 'invalid_position'],
    ['/v1/positions/0000000001-00000000000000000742-0000000000000000018?timeoutMs=30001', 'invalid_request'],
    ['/v1/positions/0000000001-00000000000000000742-0000000000000000018?timeoutMs=-1', 'invalid_request'],
    ['/v1/positions/0000000001-00000000000000000742-0000000000000000018?other=1', 'invalid_request'],
  ])('is 400 with a stable code: %s', async (path, code) => {
    const response = await api.app.inject(path);
    expect(response.json()).toMatchObject({ status: 400, code });
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  it('is a position that is none, in a header', async () => {
    const response = await api.app.inject({ url: '/v1/categories', headers: { 'x-read-after': '42' } });
    expect(response.json()).toMatchObject({ status: 400, code: 'invalid_position' });
  });

  it.each(['Bearer x', 'Bearer a.b.c', 'Basic dXNlcjpwYXNz'])('is a token that is none: %s', async (authorization) => {
    const response = await api.app.inject({ url: `/v1/lessons/${paid.id}`, headers: { authorization } });
    expect(response.json()).toMatchObject({ status: 401, code: 'invalid_token' });
  });

  it('is any other method', async () => {
    const response = await api.app.inject({ method: 'POST', url: '/v1/courses', payload: {} });
    expect(response.statusCode).toBe(404);
  });
});
