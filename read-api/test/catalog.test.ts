import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOG_SORTS, CoursePage } from '@eduplatform/contracts/catalog';
import { ratingScore } from '@eduplatform/contracts/rating';
import { testRedis } from '@eduplatform/local/testing/context';
import { startApi, type TestApi } from './support/api.ts';
import { cardOf, testCourse, type TestCourse } from './support/courses.ts';
import { violations } from './support/conforms.ts';
import { RedisWriter } from './support/redis-writer.ts';

const { url, prefix } = testRedis();
const writer = new RedisWriter(url, prefix);
let api: TestApi;

const CATEGORIES = ['cooking', 'programming', 'music'] as const;
const courses: TestCourse[] = Array.from({ length: 60 }, (_, index) =>
  testCourse({
    category: CATEGORIES[index % 3] ?? 'music',
    language: index % 4 === 0 ? 'ru' : 'en',
    level: index % 5 === 0 ? 'advanced' : 'beginner',
    price: index % 2 === 0 ? null : { amount: 1000 + (index % 7) * 100, currency: 'EUR' },
    title: `${String.fromCharCode(97 + (index % 26))} course “${index}”`,
    durationMinutes: 30 + (index % 6),
    studentCount: (index * 7) % 11,
    reviews: { count: index % 4, sum: (index % 4) * (1 + (index % 5)) },
  }),
);

beforeAll(async () => {
  await writer.publish(...courses);
  await writer.declare();
  api = await startApi({ redisUrl: url, prefix });
});
afterAll(async () => {
  await api.close();
  await writer.close();
});

interface Page {
  items: { id: string }[];
  nextCursor: string | null;
}

const get = async (path: string): Promise<Page> => {
  const response = await api.app.inject(path);
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
};

async function walk(query: string, onPage?: (page: number) => Promise<void>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < 200; page += 1) {
    const next = await get(`/v1/courses?${query}${cursor === null ? '' : `&cursor=${cursor}`}`);
    ids.push(...next.items.map(({ id }) => id));
    cursor = next.nextCursor;
    if (cursor === null) return ids;
    await onPage?.(page);
  }
  throw new Error('the catalog never ends');
}

const byPublished = (a: TestCourse, b: TestCourse): number => b.publishedAt.localeCompare(a.publishedAt);

describe('the catalog', () => {
  it.each(CATALOG_SORTS)('lists every course once, sorted by %s', async (sort) => {
    const ids = await walk(`limit=7&sort=${sort}`);
    expect(new Set(ids).size).toBe(courses.length);
    expect(ids).toHaveLength(courses.length);
    const listed = ids.map((id) => courses.find((course) => course.id === id));
    const keys = listed.map((course) => {
      if (sort === 'title') return course?.title ?? '';
      if (sort === 'newest') return -Date.parse(course?.publishedAt ?? '');
      if (sort === 'updated') return -Date.parse(course?.updatedAt ?? '');
      if (sort === 'shortest') return course?.durationMinutes ?? 0;
      if (sort === 'popular') return -(course?.studentCount ?? 0);
      if (sort === 'rating') return course ? -ratingScore(course.reviews) : 0;
      return (sort === 'priceHigh' ? -1 : 1) * (course?.price?.amount ?? 0);
    });
    expect(keys).toEqual([...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  });

  it.each([
    ['category=music', (course: TestCourse) => course.category === 'music'],
    ['language=ru', (course: TestCourse) => course.language === 'ru'],
    ['level=advanced', (course: TestCourse) => course.level === 'advanced'],
    ['price=paid', (course: TestCourse) => course.price !== null],
    [
      'category=music&language=en&price=free',
      (course: TestCourse) => course.category === 'music' && course.language === 'en' && course.price === null,
    ],
    [
      'category=music&level=advanced',
      (course: TestCourse) => course.category === 'music' && course.level === 'advanced',
    ],
  ])('lists exactly the courses with %s, in order', async (query, matches) => {
    const expected = courses.filter(matches).sort(byPublished);
    expect(expected.length).toBeGreaterThan(0);
    expect(await walk(`${query}&limit=2`)).toEqual(expected.map(({ id }) => id));
  });

  it('walks what was there exactly once while courses are inserted and renamed', async () => {
    const added: TestCourse[] = [];
    const seen = await walk('limit=5&sort=title', async (page) => {
      const course = testCourse({ title: `${String.fromCharCode(97 + ((page * 5) % 26))} inserted ${page}` });
      added.push(course);
      await writer.publish(course);
    });
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(courses.map(({ id }) => id)));
    await writer.batch(
      added.map(({ id }) => ({ key: `card:${id}`, version: writer.position, tombstone: true as const })),
    );
  });

  it('sends the stored cards byte for byte', async () => {
    const [newest] = [...courses].sort(byPublished);
    const response = await api.app.inject('/v1/courses?limit=1');
    expect(response.body).toContain(`{"items":[${JSON.stringify(cardOf(newest as TestCourse))}],"nextCursor":"`);
    expect(violations(CoursePage, response.json())).toEqual([]);
  });

  it('skips a course whose card has vanished', async () => {
    const course = testCourse({ publishedAt: '2030-01-01T00:00:00.000Z' });
    await writer.publish(course);
    await writer.redis.del(`${prefix}:g1:card:${course.id}`);
    const { items } = await get('/v1/courses?limit=1');
    expect(items).toEqual([]);
    expect((await walk('limit=10')).includes(course.id)).toBe(false);
  });

  it('answers an empty page for a category without courses', async () => {
    expect(await get('/v1/courses?category=unknown')).toEqual({ items: [], nextCursor: null });
  });
});

describe('a catalog cursor', () => {
  const first = async (): Promise<string> => (await get('/v1/courses?limit=2&category=music')).nextCursor ?? '';

  it.each([
    ['another sort', (cursor: string) => `/v1/courses?category=music&sort=title&cursor=${cursor}`],
    ['another filter', (cursor: string) => `/v1/courses?category=cooking&cursor=${cursor}`],
    ['a damaged text', (cursor: string) => `/v1/courses?category=music&cursor=${cursor.slice(0, -3)}`],
    ['a changed byte', (cursor: string) => `/v1/courses?category=music&cursor=A${cursor.slice(1)}`],
    ['not base64url', () => '/v1/courses?category=music&cursor=%3Cscript%3E'],
    ['nothing', () => '/v1/courses?category=music&cursor='],
  ])('is refused with %s', async (_name, urlOf) => {
    const response = await api.app.inject(urlOf(await first()));
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'invalid_cursor' });
  });

  it('is good for another limit', async () => {
    expect((await get(`/v1/courses?category=music&limit=3&cursor=${await first()}`)).items).toHaveLength(3);
  });
});
