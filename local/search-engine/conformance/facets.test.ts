import { beforeAll, expect, test } from 'vitest';
import { LESSON_SETTINGS, LESSONS } from './library.ts';
import { client, fill, indexNames } from './support.ts';

const uid = indexNames()('facets');

beforeAll(async () => {
  await fill(uid, LESSON_SETTINGS, LESSONS);
});

const facets = async (q: string, names: string[], options: Record<string, unknown> = {}) => {
  const { facetDistribution, facetStats } = await client.index(uid).search(q, { limit: 0, facets: names, ...options });
  return { facetDistribution, facetStats };
};

test('values are counted over everything found, the most frequent first', async () => {
  const { facetDistribution } = await facets('', ['topics']);
  expect(Object.entries(facetDistribution?.topics ?? {})[0]).toEqual(['food', 4]);
  expect(facetDistribution?.topics).toMatchObject({ Craft: 1, home: 1 });
});

test('values that differ only in case are one', async () => {
  const { facetDistribution } = await facets('', ['language']);
  expect(Object.values(facetDistribution?.language ?? {})).toEqual([5, 1, 1]);
});

test('numbers have a smallest and a largest', async () => {
  const { facetStats } = await facets('bread', ['year', 'topics']);
  expect(facetStats).toEqual({ year: { min: 2018.5, max: 2020 } });
});

test('counts follow the query and the filter', async () => {
  const { facetDistribution } = await facets('bread', ['language', 'topics'], { filter: 'topics = home' });
  expect(facetDistribution).toEqual({ language: { en: 1 }, topics: { food: 1, home: 1 } });
});

test('booleans and nested fields are counted', async () => {
  const { facetDistribution } = await facets('', ['free', 'author.name']);
  expect(facetDistribution).toEqual({ free: { false: 1, true: 1 }, 'author.name': { Ada: 1 } });
});

test('without facets asked for there are none', async () => {
  expect(await client.index(uid).search('')).not.toHaveProperty('facetDistribution');
});
