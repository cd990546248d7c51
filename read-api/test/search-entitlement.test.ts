import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { LessonHit, SearchPage } from '@eduplatform/contracts/search';
import { eventually, testRedis, testSearch } from '@eduplatform/local/testing/context';
import { startApi, type TestApi } from './support/api.ts';
import { testCourse, testLesson, type TestCourse } from './support/courses.ts';
import { RedisWriter } from './support/redis-writer.ts';
import { SearchWriter } from './support/search-writer.ts';

const { url, prefix } = testRedis();
const redis = new RedisWriter(url, prefix);
const search = new SearchWriter(testSearch());
let api: TestApi;

beforeAll(async () => {
  await search.create();
  await redis.declare();
  const { url: searchUrl, apiKey, indexPrefix } = search;
  const options = { url: searchUrl, apiKey, indexPrefix, timeoutMs: 15_000 };
  api = await startApi({ redisUrl: url, prefix, search: options });
});
afterAll(async () => {
  await api?.close();
  await search.close();
  await redis.close();
});

const lessonsOf = (page: SearchPage): LessonHit[] => page.items.filter((item) => item.type === 'lesson');

describe('what changed before the search engine heard of it', () => {
  const sections = [{ heading: 'Glazing', anchor: 'glazing', text: 'Celadon crackles while it cools' }];
  const pottery = testCourse({
    title: 'Celadon pottery',
    lessons: [testLesson({ title: 'Firing', access: 'free', sections })],
  });
  const [firing] = pottery.lessons as [TestCourse['lessons'][number]];
  const publish = async (): Promise<void> => {
    await redis.publish(pottery);
    await search.publish(pottery);
  };
  const remove = (...keys: string[]): Promise<string> =>
    redis.batch(keys.map((key) => ({ key, version: redis.position, tombstone: true as const })));
  const celadon = async (): Promise<SearchPage> => {
    const { state } = api.readModel;
    await eventually(() => state.mark('redis')?.position === redis.position);
    const page: SearchPage = (await api.app.inject('/v1/search?q=celadon')).json();
    expect(page.degraded).toBe(false);
    return page;
  };

  it('locks a lesson that became paid', async () => {
    await publish();
    expect(lessonsOf(await celadon())).toMatchObject([{ access: 'free', locked: false }]);
    await redis.publish({ ...pottery, lessons: [{ ...firing, access: 'paid' }] });
    const page = await celadon();
    expect(lessonsOf(page)).toMatchObject([{ access: 'paid', locked: true, snippet: null, titleHighlighted: null }]);
    expect(JSON.stringify(page)).not.toContain('crackles');
  });

  it('leaves out a lesson that is gone', async () => {
    await publish();
    await remove(documentKeys.lesson(firing.id), documentKeys.lessonLocked(firing.id));
    expect((await celadon()).items.map(({ type }) => type)).toEqual(['course']);
  });

  it('leaves out a course that was unpublished, and its lessons', async () => {
    await publish();
    await remove(documentKeys.card(pottery.id));
    expect((await celadon()).items).toEqual([]);
  });
});
