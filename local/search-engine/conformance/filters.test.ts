import { beforeAll, describe, expect, test } from 'vitest';
import { LESSON_SETTINGS, LESSONS } from './library.ts';
import { client, fill, ids, indexNames, searchCode } from './support.ts';

const uid = indexNames()('filters');

beforeAll(async () => {
  await fill(uid, LESSON_SETTINGS, LESSONS);
});

const everything = LESSONS.map(({ id }) => id);
const without = (...left: string[]): unknown[] => everything.filter((id) => !left.includes(id as string));

describe('a filter', () => {
  test.each<[unknown, unknown[]]>([
    ['language = en', ['bread', 'wood', 'quotes', 'home', 'networks']],
    ['language=EN', ['bread', 'wood', 'quotes', 'home', 'networks']],
    ['language != en', ['khleb', 'creme', 'database']],
    ['language IN [fr, "ru"]', ['khleb', 'creme']],
    ['language IN [fr, ru,]', ['khleb', 'creme']],
    ['language NOT IN [en, fr]', ['khleb', 'database']],
    ['language IN []', []],
    ['NOT language = en', ['khleb', 'creme', 'database']],
    ['NOT NOT language = fr', ['creme']],
    ['year > 2019', ['bread', 'khleb', 'quotes']],
    ['year >= 2019 AND year < 2021', ['bread', 'wood']],
    ['year <= 1999', ['creme']],
    ['year 2018 TO 2019', ['wood', 'home']],
    ['year = 2018.5', ['home']],
    ['year = 2022', ['quotes']],
    ['note IS NULL', ['bread']],
    ['note IS NOT NULL', without('bread')],
    ['note EXISTS', ['bread', 'khleb', 'quotes']],
    ['note NOT EXISTS', without('bread', 'khleb', 'quotes')],
    ['note IS EMPTY', ['khleb']],
    ['topics IS EMPTY', ['wood']],
    ['topics IS NOT EMPTY', without('wood')],
    ['free = true', ['bread']],
    ['free = false', ['khleb']],
    ['author.name = ada', ['bread']],
    ['author.tags.label = y', ['bread']],
    ['topics = food AND language = en', ['bread', 'home']],
    ['topics = home OR year = 2010', ['home', 'database']],
    ['(topics = food OR year = 2010) AND NOT language = fr', ['bread', 'khleb', 'home', 'database']],
    ['topics = food AND (language = ru OR (language = fr AND year < 2000))', ['khleb', 'creme']],
    ['topics = craft', ['bread']],
    ['topics STARTS WITH fo', ['bread', 'khleb', 'creme', 'home']],
    ['topics = "It\'s"', ['quotes']],
    ["topics = 'It\\'s'", ['quotes']],
    ['topics = "a \\"b\\" c"', ['quotes']],
    ['topics = "back\\\\slash"', ['quotes']],
    ['id IN ["bread", "wood"]', ['bread', 'wood']],
    [
      ['language = en', 'year > 2018'],
      ['bread', 'wood', 'quotes', 'home'],
    ],
    [[['language = ru', 'language = fr'], 'year > 2000'], ['khleb']],
    [['topics = food', ['year = 1999']], ['creme']],
    ['', everything],
    [[], everything],
    [[[]], everything],
    [null, everything],
  ])('%j', async (filter, expected) => {
    expect(await ids(uid, '', { filter })).toEqual(expected);
  });

  test('a value that looks like syntax stays a value when it is quoted', async () => {
    const value = 'food" OR language = "en';
    const filter = `topics = "${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
    expect(await ids(uid, '', { filter })).toEqual([]);
  });

  test('counts only what it lets through', async () => {
    const { estimatedTotalHits, facetDistribution } = await client
      .index(uid)
      .search('bread', { filter: 'language = en', facets: ['language', 'topics'] });
    expect(estimatedTotalHits).toBe(2);
    expect(facetDistribution).toEqual({ language: { en: 2 }, topics: { food: 2, Craft: 1, home: 1 } });
  });
});

describe('a filter is refused', () => {
  test.each([
    ['unknown = 1'],
    ['id > a'],
    ['language'],
    ['language ='],
    ['= en'],
    ['language == en'],
    ['language = en language = fr'],
    ['(language = en'],
    ['language = en)'],
    ['language = "en'],
    ['year TO 5'],
    ['language IN [en'],
    ['language IN en'],
    ['language = AND'],
    ['language = 🦀'],
    ['language = en AND'],
    ['language = "a\\qb"'],
    ['()'],
    [[1]],
    [{ a: 1 }],
    [5],
  ])('%j', async (filter) => {
    expect(await searchCode(uid, { filter })).toEqual([400, 'invalid_search_filter']);
  });
  test('when it needs an experimental feature', async () => {
    expect(await searchCode(uid, { filter: 'topics CONTAINS oo' })).toEqual([400, 'feature_not_enabled']);
  });
});
