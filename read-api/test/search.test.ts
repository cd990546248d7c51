import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchPage, type LessonHit } from '@eduplatform/contracts/search';
import { testRedis, testSearch } from '@eduplatform/local/testing/context';
import { as, startApi, type TestApi } from './support/api.ts';
import { violations } from './support/conforms.ts';
import { cardOf, testCourse, testLesson, type TestCourse } from './support/courses.ts';
import { RedisWriter } from './support/redis-writer.ts';
import { SearchWriter } from './support/search-writer.ts';

const { url, prefix } = testRedis();
const redis = new RedisWriter(url, prefix);
const search = new SearchWriter(testSearch());
let api: TestApi;

const paid = { amount: 4900, currency: 'EUR' };
const SECRET = 'Autolysis turns shaggy flour supple before kneading';
const dough = testCourse({
  title: 'Baking bread',
  subtitle: 'Flour, water, salt',
  price: paid,
  lessons: [
    testLesson({
      title: 'Mixing',
      access: 'paid',
      sections: [
        { heading: 'Tools', anchor: 'tools', text: 'A bowl and a scraper will do.' },
        { heading: 'Resting the dough', anchor: 'resting-the-dough', text: `${SECRET}, patiently.` },
      ],
    }),
    testLesson({
      title: 'Preview of shaping',
      access: 'preview',
      sections: [{ heading: 'A taut skin', anchor: 'a-taut-skin', text: 'Drag the boule towards you <b>twice</b>.' }],
    }),
  ],
});
const hostile = testCourse({
  title: 'Scripting <script>alert("x")</script> safely',
  subtitle: 'Quotes " and \' and &',
  category: 'programming',
  level: 'advanced',
});
const russian = testCourse({ title: 'Акварель', subtitle: 'Вода и бумага', language: 'ru', category: 'art' });
const many: TestCourse[] = Array.from({ length: 12 }, (_, index) =>
  testCourse({
    title: `Guitar ${index + 1}`,
    category: 'music',
    level: index % 2 === 0 ? 'beginner' : 'advanced',
    price: index % 3 === 0 ? paid : null,
  }),
);
const all = [dough, hostile, russian, ...many];

beforeAll(async () => {
  await Promise.all([redis.publish(...all), search.create()]);
  await search.publish(...all);
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

async function find(query: Record<string, string | string[]>, headers = {}): Promise<SearchPage> {
  const parameters = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
  );
  const response = await api.app.inject({ url: `/v1/search?${parameters}`, headers });
  expect(response.statusCode, response.body).toBe(200);
  const page: SearchPage = response.json();
  expect(violations(SearchPage, page)).toEqual([]);
  expect(page.degraded).toBe(false);
  return page;
}

const lessonsOf = (page: SearchPage): LessonHit[] => page.items.filter((item) => item.type === 'lesson');
const titlesOf = (page: SearchPage): string[] =>
  page.items.map((item) => (item.type === 'course' ? item.course.title : item.title));

describe('a search', () => {
  it('finds a course by a misspelled title and marks what matched', async () => {
    const page = await find({ q: 'gutiar' });
    expect(page.items[0]).toMatchObject({
      type: 'course',
      titleHighlighted: expect.stringMatching(/^<mark>Guitar<\/mark> \d+$/),
    });
  });

  it('finds a lesson by a misspelled phrase in its text and leads to its heading', async () => {
    const [hit] = lessonsOf(await find({ q: 'autolisys shagy flour' }, as(dough.ownerId, 'teacher')));
    expect(hit).toMatchObject({
      id: dough.lessons[0]?.id,
      heading: 'Resting the dough',
      anchor: 'resting-the-dough',
      locked: false,
      course: { id: dough.id, slug: dough.slug, title: dough.title },
      card: cardOf(dough),
    });
    expect(hit?.snippet).toContain('<mark>Autolysis</mark>');
  });

  it('escapes everything but its own marks', async () => {
    const [hit] = (await find({ q: 'scripting' })).items;
    expect(hit).toMatchObject({
      titleHighlighted: '<mark>Scripting</mark> &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; safely',
      subtitleHighlighted: 'Quotes &quot; and &#39; and &amp;',
    });
    const [lesson] = lessonsOf(await find({ q: 'boule towards' }));
    expect(lesson?.snippet).toContain('&lt;b&gt;twice&lt;/b&gt;');
  });

  it('finds text in Cyrillic', async () => {
    expect(titlesOf(await find({ q: 'акварель' }))).toEqual(['Акварель']);
  });

  it('browses courses alone, newest first, without a query', async () => {
    const page = await find({ limit: '50' });
    expect(titlesOf(page)).toEqual([...all].reverse().map(({ title }) => title));
    expect(page).toMatchObject({ estimatedTotal: all.length, nextCursor: null });
  });

  it.each(['priceLow', 'rating'])('sorts by %s without lessons', async (sort) => {
    const page = await find({ q: 'flour', sort });
    expect(page.items.map(({ type }) => type)).toEqual(['course']);
  });

  it.each(['newest', 'updated', 'title', 'shortest'])('sorts courses and lessons together by %s', async (sort) => {
    const page = await find({ q: 'flour', sort }, as(dough.ownerId));
    expect(page.items.map(({ type }) => type).sort()).toEqual(['course', 'lesson']);
  });

  it('pages through every hit once, and refuses a cursor of another query', async () => {
    const titles: string[] = [];
    let cursor: string | null = null;
    do {
      const page: SearchPage = await find({ q: 'guitar', limit: '5', ...(cursor && { cursor }) });
      titles.push(...titlesOf(page));
      cursor = page.nextCursor;
    } while (cursor);
    expect([...titles].sort()).toEqual(many.map(({ title }) => title).sort());
    const first = await find({ q: 'guitar', limit: '5' });
    const response = await api.app.inject(`/v1/search?q=other&cursor=${first.nextCursor}`);
    expect(response.json()).toMatchObject({ status: 400, code: 'invalid_cursor' });
  });

  it('finds nothing in a word that occurs nowhere', async () => {
    expect(await find({ q: 'xyzzyplugh' })).toMatchObject({ items: [], estimatedTotal: 0, nextCursor: null });
  });

  it('answers 304 to a reader who holds the page', async () => {
    const first = await api.app.inject('/v1/search?q=guitar');
    const etag = first.headers.etag as string;
    const second = await api.app.inject({ url: '/v1/search?q=guitar', headers: { 'if-none-match': etag } });
    expect(second.statusCode).toBe(304);
    expect(first.headers).toMatchObject({
      'cache-control': 'private, no-cache',
      vary: expect.stringContaining('Authorization'),
    });
  });

  it('goes on when a new leader renames the indexes', async () => {
    await search.takeOver();
    expect(titlesOf(await find({ q: 'акварель' }))).toEqual(['Акварель']);
    await redis.declare({ searchEpoch: String(search.epoch) });
    await redis.announce({ sink: 'search', epoch: search.epoch });
    expect(titlesOf(await find({ q: 'акварель' }))).toEqual(['Акварель']);
  });
});

describe('facets', () => {
  it('count each attribute without its own filter', async () => {
    const { facets } = await find({ q: 'guitar', level: 'beginner', price: 'free' });
    const count = (matches: (course: TestCourse) => boolean): number => many.filter(matches).length;
    expect(facets.level).toEqual({
      beginner: count(({ level, price }) => level === 'beginner' && !price),
      advanced: count(({ level, price }) => level === 'advanced' && !price),
    });
    expect(facets.price).toEqual({
      free: count(({ level, price }) => level === 'beginner' && !price),
      paid: count(({ level, price }) => level === 'beginner' && price !== null),
    });
    expect(facets.category).toEqual({ music: count(({ level, price }) => level === 'beginner' && !price) });
    expect(facets.language).toEqual({ en: count(({ level, price }) => level === 'beginner' && !price) });
  });

  it('filter by any of several values, hits as well as counts', async () => {
    const page = await find({ category: ['music', 'art'], limit: '50' });
    expect(page.items).toHaveLength(many.length + 1);
    expect(page.facets.language).toEqual({ en: many.length, ru: 1 });
    expect(page.facets.category).toMatchObject({ music: many.length, art: 1, cooking: 1, programming: 1 });
  });
});

describe('a paid lesson in the results', () => {
  it.each([
    ['an anonymous reader', {}],
    ['another student', as('11111111-1111-4111-8111-111111111111')],
    ['another teacher', as('22222222-2222-4222-8222-222222222222', 'teacher')],
  ])('shows %s its title, heading and a lock, and no word of its text', async (_who, headers) => {
    const response = await api.app.inject({ url: '/v1/search?q=autolysis%20supple', headers });
    const [hit] = lessonsOf(response.json());
    expect(hit).toEqual({
      type: 'lesson',
      id: dough.lessons[0]?.id,
      title: 'Mixing',
      course: { id: dough.id, slug: dough.slug, title: dough.title },
      card: cardOf(dough),
      access: 'paid',
      locked: true,
      heading: 'Resting the dough',
      anchor: 'resting-the-dough',
      titleHighlighted: null,
      snippet: null,
    });
    for (const word of ['utolysis', 'shaggy', 'supple', 'kneading', 'patiently', '_formatted', '_matchesPosition']) {
      expect(response.body).not.toContain(word);
    }
  });

  it.each([
    ['its owner', as(dough.ownerId, 'teacher')],
    ['an admin', as('33333333-3333-4333-8333-333333333333', 'admin')],
  ])('shows %s the snippet', async (_who, headers) => {
    const [hit] = lessonsOf(await find({ q: 'autolysis' }, headers));
    expect(hit).toMatchObject({ locked: false, snippet: expect.stringContaining('shaggy flour') });
  });

  it('shows everybody the snippet of a free preview', async () => {
    const [hit] = lessonsOf(await find({ q: 'boule' }));
    expect(hit).toMatchObject({
      access: 'preview',
      locked: false,
      snippet: expect.stringContaining('<mark>boule</mark>'),
    });
  });
});
