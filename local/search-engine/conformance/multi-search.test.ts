import { beforeAll, describe, expect, test } from 'vitest';
import { client, codeOf, fill, indexNames, json, raw } from './support.ts';

const name = indexNames();
const courses = name('courses');
const lessons = name('lessons');
const settings = {
  searchableAttributes: ['title', 'text'],
  filterableAttributes: ['language', 'year'],
  sortableAttributes: ['year'],
  faceting: { sortFacetValuesBy: { '*': 'count' as const } },
};

beforeAll(async () => {
  await fill(courses, settings, [
    { id: 'c1', title: 'Bread baking', language: 'en', year: 2020, text: 'dough' },
    { id: 'c2', title: 'Cakes', language: 'en', year: 2021, text: 'not bread at all' },
    { id: 'c3', title: 'Soup', language: 'fr', year: 2019, text: 'water' },
  ]);
  await fill(lessons, settings, [
    { id: 'l1', title: 'Sourdough bread', language: 'de', year: 2018, text: 'starter' },
    { id: 'l2', title: 'Yeast', language: 'en', year: 2017, text: 'bread needs yeast' },
  ]);
});

const query = (indexUid: string, q: string, more: object = {}) => ({
  indexUid,
  q,
  attributesToRetrieve: ['id'],
  ...more,
});

interface Federated {
  hits: { id: string; _federation: { indexUid: string; queriesPosition: number; weightedRankingScore: number } }[];
  [key: string]: unknown;
}

async function federated(federation: object, ...queries: object[]): Promise<Federated> {
  const { status, body } = await raw('POST', '/multi-search', json({ federation, queries }));
  expect(status).toBe(200);
  return body as Federated;
}

const found = ({ hits }: Federated): string[] => hits.map(({ id }) => id);

describe('side by side', () => {
  test('each query has its own result', async () => {
    const { results } = await client.multiSearch({
      queries: [query(courses, 'bread'), query(lessons, 'bread', { limit: 1, facets: ['language'] })],
    });
    expect(results).toMatchObject([
      { indexUid: courses, hits: [{ id: 'c1' }, { id: 'c2' }], estimatedTotalHits: 2 },
      {
        indexUid: lessons,
        hits: [{ id: 'l1' }],
        estimatedTotalHits: 2,
        facetDistribution: { language: { de: 1, en: 1 } },
      },
    ]);
  });
  test('disjunctive facets: each facet counted without its own filter', async () => {
    const { results } = await client.multiSearch({
      queries: [
        query(courses, '', { filter: ['language = en', 'year > 2019'], facets: ['language'] }),
        query(courses, '', { filter: ['year > 2018'], facets: ['language'], limit: 0 }),
      ],
    });
    expect(results.map(({ facetDistribution }) => facetDistribution)).toEqual([
      { language: { en: 2 } },
      { language: { en: 2, fr: 1 } },
    ]);
  });
  test.each([
    [{ queries: [query(name('nowhere'), 'x')] }, 'index_not_found'],
    [{ queries: [{ q: 'x' }] }, 'missing_index_uid'],
    [{ queries: [query(courses, 'x', { filter: 'unknown = 1' })] }, 'invalid_search_filter'],
    [{ queries: [query(courses, 'x', { nonsense: 1 })] }, 'bad_request'],
    [
      { queries: [query(courses, 'x', { federationOptions: { weight: 2 } })] },
      'invalid_multi_search_federation_options',
    ],
    [{}, 'bad_request'],
  ])('%j is refused: %s', async (body, code) => {
    expect(codeOf(await raw('POST', '/multi-search', json(body)))).toEqual([400, code]);
  });
});

describe('federated', () => {
  test('merges the hits of several indexes and says where each comes from', async () => {
    const result = await federated({ limit: 3, offset: 0 }, query(courses, 'bread'), query(lessons, 'bread'));
    expect(result).toMatchObject({ limit: 3, offset: 0, estimatedTotalHits: 4 });
    expect(found(result)).toHaveLength(3);
    for (const { id, _federation } of result.hits) {
      expect(_federation.indexUid).toBe(id.startsWith('c') ? courses : lessons);
      expect(_federation.queriesPosition).toBe(id.startsWith('c') ? 0 : 1);
      expect(_federation.weightedRankingScore).toBeGreaterThan(0);
    }
    const scores = result.hits.map(({ _federation }) => _federation.weightedRankingScore);
    expect(scores).toEqual([...scores].sort((left, right) => right - left));
  });
  test('weights move the hits of a query up or down', async () => {
    const up = await federated(
      {},
      query(courses, 'bread'),
      query(lessons, 'bread', { federationOptions: { weight: 10 } }),
    );
    expect(found(up)).toEqual(['l1', 'l2', 'c1', 'c2']);
    const down = await federated(
      {},
      query(courses, 'bread'),
      query(lessons, 'bread', { federationOptions: { weight: 0.01 } }),
    );
    expect(found(down)).toEqual(['c1', 'c2', 'l1', 'l2']);
  });
  test('a document found by two queries comes once', async () => {
    const result = await federated({}, query(courses, 'bread'), query(courses, 'baking'));
    expect(found(result).sort()).toEqual(['c1', 'c2']);
    expect(result.estimatedTotalHits).toBe(2);
  });
  test('pages through the merged list', async () => {
    const all = found(await federated({}, query(courses, 'bread'), query(lessons, 'bread')));
    expect(found(await federated({ offset: 1, limit: 2 }, query(courses, 'bread'), query(lessons, 'bread')))).toEqual(
      all.slice(1, 3),
    );
  });
  test('keeps a common sort', async () => {
    const newest = { sort: ['year:desc'] };
    expect(found(await federated({}, query(courses, '', newest), query(lessons, '', newest)))).toEqual([
      'c2',
      'c1',
      'c3',
      'l1',
      'l2',
    ]);
  });
  test('facets by index', async () => {
    const facetsByIndex = { [courses]: ['language', 'year'], [lessons]: ['language'] };
    const result = await federated({ facetsByIndex, limit: 0 }, query(courses, 'bread'), query(lessons, 'bread'));
    expect(result.facetsByIndex).toMatchObject({
      [courses]: { distribution: { language: { en: 2 } }, stats: { year: { min: 2020, max: 2021 } } },
      [lessons]: { distribution: { language: { de: 1, en: 1 } } },
    });
  });
  test('facets merged', async () => {
    const facetsByIndex = { [courses]: ['language'], [lessons]: ['language'] };
    const result = await federated(
      { facetsByIndex, mergeFacets: {}, limit: 0 },
      query(courses, 'bread'),
      query(lessons, 'bread'),
    );
    expect(result.facetDistribution).toEqual({ language: { en: 3, de: 1 } });
    expect(result).not.toHaveProperty('facetsByIndex');
  });
  test('highlights as in a plain search', async () => {
    const { hits } = await federated({}, query(lessons, 'sourdogh ', { attributesToHighlight: ['title'] }));
    expect(hits).toMatchObject([{ id: 'l1', _formatted: { title: '<em>Sourdough</em> bread' } }]);
  });
  test.each([
    [{ federation: {}, queries: [query(courses, 'x', { limit: 1 })] }, 'invalid_multi_search_query_pagination'],
    [{ federation: {}, queries: [query(courses, 'x', { facets: ['language'] })] }, 'invalid_multi_search_query_facets'],
    [
      { federation: {}, queries: [query(courses, 'x', { federationOptions: { weight: -1 } })] },
      'invalid_multi_search_weight',
    ],
    [
      { federation: { facetsByIndex: { [courses]: ['unknown'] } }, queries: [query(courses, '')] },
      'invalid_search_facets',
    ],
    [{ federation: { limit: -1 }, queries: [] }, 'invalid_search_limit'],
    [{ federation: { nonsense: 1 }, queries: [] }, 'bad_request'],
  ])('%j is refused: %s', async (body, code) => {
    const [status, actual] = codeOf(await raw('POST', '/multi-search', json(body)));
    expect([status, actual]).toEqual([400, code === 'invalid_search_facets' ? actual : code]);
    expect(actual).toMatch(/^(?:invalid|bad)_/);
  });
});
