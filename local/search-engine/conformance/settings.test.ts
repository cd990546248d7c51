import { beforeAll, expect, test } from 'vitest';
import { client, codeOf, expectSuccess, indexNames, json, raw, WAIT } from './support.ts';

const uid = indexNames()('settings');
const index = client.index(uid);

beforeAll(async () => {
  expectSuccess(await client.createIndex(uid, { primaryKey: 'id' }).waitTask(WAIT));
});

const granular = {
  attributePatterns: ['id', 'language'],
  features: { facetSearch: false, filter: { equality: true, comparison: false } },
};

test('a new index has the defaults', async () => {
  expect(await index.getSettings()).toMatchObject({
    displayedAttributes: ['*'],
    searchableAttributes: ['*'],
    filterableAttributes: [],
    sortableAttributes: [],
    rankingRules: ['words', 'typo', 'proximity', 'attributeRank', 'sort', 'wordPosition', 'exactness'],
    stopWords: [],
    synonyms: {},
    distinctAttribute: null,
    typoTolerance: { enabled: true, minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 } },
    faceting: { maxValuesPerFacet: 100, sortFacetValuesBy: { '*': 'alpha' } },
    pagination: { maxTotalHits: 1000 },
  });
});

test('a change keeps what it does not name, and null goes back to the default', async () => {
  const task = await index
    .updateSettings({
      searchableAttributes: ['title', 'sections.text'],
      filterableAttributes: [granular, 'year'],
      sortableAttributes: ['year', 'title'],
      faceting: { maxValuesPerFacet: 50, sortFacetValuesBy: { '*': 'count' } },
      pagination: { maxTotalHits: 500 },
      typoTolerance: { minWordSizeForTypos: { oneTypo: 4 } },
    })
    .waitTask(WAIT);
  expect(task).toMatchObject({
    type: 'settingsUpdate',
    status: 'succeeded',
    details: { pagination: { maxTotalHits: 500 } },
  });
  expectSuccess(await index.updateSettings({ stopWords: ['the', 'a'], pagination: null as never }).waitTask(WAIT));
  expect(await index.getSettings()).toMatchObject({
    searchableAttributes: ['title', 'sections.text'],
    filterableAttributes: [granular, 'year'],
    sortableAttributes: ['title', 'year'],
    stopWords: ['a', 'the'],
    faceting: { maxValuesPerFacet: 50, sortFacetValuesBy: { '*': 'count' } },
    pagination: { maxTotalHits: 1000 },
    typoTolerance: { minWordSizeForTypos: { oneTypo: 4, twoTypos: 9 } },
  });
});

test('all of them can be reset', async () => {
  expectSuccess(await index.resetSettings().waitTask(WAIT));
  expect(await index.getSettings()).toMatchObject({
    searchableAttributes: ['*'],
    filterableAttributes: [],
    stopWords: [],
  });
});

test.each([
  [{ searchableAttributes: 'title' }, 'invalid_settings_searchable_attributes'],
  [{ filterableAttributes: [5] }, 'invalid_settings_filterable_attributes'],
  [{ rankingRules: ['wrds'] }, 'invalid_settings_ranking_rules'],
  [{ pagination: { maxTotalHits: -1 } }, 'invalid_settings_pagination'],
  [{ pagination: { max: 1 } }, 'invalid_settings_pagination'],
  [{ typoTolerance: { minWordSizeForTypos: { oneTypo: 9, twoTypos: 5 } } }, 'invalid_settings_typo_tolerance'],
  [{ nonsense: 1 }, 'bad_request'],
])('%j is refused: %s', async (body, code) => {
  expect(codeOf(await raw('PATCH', `/indexes/${uid}/settings`, json(body)))).toEqual([400, code]);
});

test('the settings of a missing index are 404', async () => {
  expect(codeOf(await raw('GET', `/indexes/${uid}_missing/settings`))).toEqual([404, 'index_not_found']);
});
