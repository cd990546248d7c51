import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchPage } from '@eduplatform/contracts/search';
import { testRedis, testSearch } from '@eduplatform/local/testing/context';
import { encodeCursor } from '../answers/cursor.ts';
import { queryHash } from '../answers/query-hash.ts';
import { startApi, type TestApi } from './support/api.ts';
import { testCourse, testLesson } from './support/courses.ts';
import { RedisWriter } from './support/redis-writer.ts';
import { SearchWriter } from './support/search-writer.ts';

const { url, prefix } = testRedis();
const redis = new RedisWriter(url, prefix);
const search = new SearchWriter(testSearch());
let api: TestApi;

const courses = [null, { amount: 4900, currency: 'EUR' }].map((price) =>
  testCourse({ title: 'price paid', price, lessons: [testLesson({ access: price ? 'paid' : 'free' })] }),
);

beforeAll(async () => {
  await Promise.all([redis.publish(...courses), search.create()]);
  await search.publish(...courses);
  await redis.declare();
  const { url: searchUrl, apiKey, indexPrefix } = search;
  api = await startApi({
    redisUrl: url,
    prefix,
    search: { url: searchUrl, apiKey, indexPrefix, timeoutMs: 15_000 },
    rateLimits: { search: 10_000 },
  });
});
afterAll(async () => {
  await api?.close();
  await search.close();
  await redis.close();
});

describe('bad input to a search', () => {
  it.each([
    ['category', 'music" OR price = "paid'],
    ['category', 'music] OR price IN [paid'],
    ['category', 'music\\'],
    ['language', 'en" OR "1'],
    ['level', 'beginner OR level = advanced'],
    ['price', 'free OR true'],
    ['sort', 'price:asc'],
    ['sort', 'publishedAt:desc'],
    ['limit', '51'],
    ['limit', '0'],
    ['limit', 'many'],
    ['q', 'x'.repeat(201)],
    ['filter', 'price = paid'],
    ['attributesToRetrieve', '*'],
  ])('is refused: %s=%s', async (name, value) => {
    const response = await api.app.inject(`/v1/search?${name}=${encodeURIComponent(value)}`);
    expect(response.json()).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it.each(['" OR price = "paid', 'price = paid', '_formatted', '\u0000\u0007', '-', '"', '"unfinished', '*'])(
    'is harmless in the query itself: %j',
    async (q) => {
      const response = await api.app.inject(`/v1/search?q=${encodeURIComponent(q)}&price=free&limit=50`);
      const page: SearchPage = response.json();
      expect(page.degraded).toBe(false);
      const prices = page.items.map((item) => (item.type === 'course' ? item.course.price : item.card?.price));
      expect(prices.every((price) => price === null)).toBe(true);
    },
  );

  it.each(['o2000', 'o-1', 'o5;', 'x', ''])('is refused as a cursor: %j', async (place) => {
    const cursor = encodeCursor(queryHash('search', 'guitar', 'relevance', {}), place);
    const response = await api.app.inject(`/v1/search?q=guitar&cursor=${cursor}`);
    expect(response.json()).toMatchObject({ status: 400, code: 'invalid_cursor' });
  });
});
