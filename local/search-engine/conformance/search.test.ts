import { beforeAll, describe, expect, test } from 'vitest';
import { LESSON_SETTINGS, LESSONS } from './library.ts';
import { client, codeOf, expectSuccess, fill, ids, indexNames, json, raw, searchCode, WAIT } from './support.ts';

const name = indexNames();
const uid = name('search');
const index = client.index(uid);

beforeAll(async () => {
  await fill(uid, LESSON_SETTINGS, LESSONS);
});

describe('what is found', () => {
  test.each<[string, unknown[]]>([
    ['bread baking', ['bread', 'home']],
    ['baking bread', ['home', 'bread']],
    ['bred', []],
    ['brezd', ['bread', 'home']],
    ['baknig', ['home', 'bread']],
    ['woodwork', ['wood']],
    ['word working', ['wood']],
    ['lactik bactria', ['bread']],
    ['"lactic acid"', ['bread']],
    ['"acid lactic"', []],
    ['lactic -overnight', []],
    ['bread -"at home"', ['bread']],
    ['sour dough', ['bread']],
    ['web site', ['networks']],
    ['3.14', ['networks']],
    ['C++', ['networks']],
    ['posgresql', ['database']],
    ['durabilty transactions', ['database']],
    ['cafe creme', ['creme']],
    ['CRÈME BRULEE', ['creme']],
    ['хлеб', ['khleb']],
    ['березовый', ['khleb']],
    ['тёплый хлеб', ['khleb']],
    ['печи русской', ['khleb']],
    ['zzzzzz', []],
    ['!!!', LESSONS.map(({ id }) => id)],
  ])('%s', async (q, expected) => {
    expect(await ids(uid, q)).toEqual(expected);
  });

  test('a short word is not corrected, and a prefix counts only at the end', async () => {
    expect(await ids(uid, 'hom')).toEqual(['networks', 'home']);
    expect(await ids(uid, 'hom networks')).toEqual([]);
    expect(await ids(uid, 'brea ')).toEqual([]);
  });
  test('words are given up from the end, unless all are asked for', async () => {
    expect(await ids(uid, 'bread zzzzzz')).toEqual(['bread', 'home']);
    expect(await ids(uid, 'zzzzzz bread')).toEqual([]);
    expect(await ids(uid, 'bread zzzzzz', { matchingStrategy: 'all' })).toEqual([]);
    expect(await ids(uid, 'bread networks zzzzzz', { matchingStrategy: 'frequency' })).toEqual(['networks']);
  });
  test('only in the attributes asked for', async () => {
    expect(await ids(uid, 'water', { attributesToSearchOn: ['title'] })).toEqual([]);
    expect(await ids(uid, 'water', { attributesToSearchOn: ['sections.heading'] })).toEqual(['home']);
    expect(await searchCode(uid, { q: 'x', attributesToSearchOn: ['nope'] })).toEqual([
      400,
      'invalid_search_attributes_to_search_on',
    ]);
  });
  test('stop words and synonyms count', async () => {
    const other = name('words');
    await fill(other, { stopWords: ['the'], synonyms: { loaf: ['bread'] } }, [
      { id: 1, title: 'the bread' },
      { id: 2, title: 'the cake' },
    ]);
    expect(await ids(other, 'the bread')).toEqual([1]);
    expect(await ids(other, 'loaf')).toEqual([1]);
  });
  test('nothing is corrected when typo tolerance is off', async () => {
    const other = name('strict');
    await fill(other, { typoTolerance: { enabled: false } }, [{ id: 1, title: 'bread' }]);
    expect(await ids(other, 'bred')).toEqual([]);
    expect(await ids(other, 'brea')).toEqual([1]);
  });
});

describe('order', () => {
  test('more words, then fewer typos, then nearer words, then the better attribute', async () => {
    const other = name('ranking');
    await fill(
      other,
      { searchableAttributes: ['title', 'text'] },
      [
        { id: 'far', title: 'garden of stones and of flowers', text: '' },
        { id: 'one word', title: 'garden', text: '' },
        { id: 'text', title: 'nothing', text: 'garden flowers' },
        { id: 'typo', title: 'gardin flowers', text: '' },
        { id: 'near', title: 'garden flowers', text: '' },
      ].map(({ id, ...rest }) => ({ id: id.replace(' ', '_'), ...rest })),
    );
    expect(await ids(other, 'garden flowers')).toEqual(['near', 'text', 'far', 'typo', 'one_word']);
  });
  test('by attributes, numbers before text and nothing last', async () => {
    expect(await ids(uid, '', { sort: ['year:asc'], limit: 3 })).toEqual(['creme', 'database', 'networks']);
    expect(await ids(uid, '', { sort: ['year:desc'] })).toEqual([
      'khleb',
      'bread',
      'wood',
      'home',
      'networks',
      'database',
      'creme',
      'quotes',
    ]);
    expect(await ids(uid, 'bread', { sort: ['title:desc'] })).toEqual(['bread', 'home']);
  });
  test('what arrived first comes first among equals', async () => {
    expect(await ids(uid, '')).toEqual(LESSONS.map(({ id }) => id));
  });
  test.each([[['unknown:asc']], [['year:up']], [['year']]])('sorting by %j is refused', async (sort) => {
    expect(await searchCode(uid, { sort })).toEqual([400, 'invalid_search_sort']);
  });
  test('scores are between 0 and 1, fall along the list, and can be a threshold', async () => {
    const { hits } = await index.search('bread baking', { showRankingScore: true });
    const scores = hits.map(({ _rankingScore }) => _rankingScore ?? -1);
    expect(scores).toEqual([...scores].sort((left, right) => right - left));
    expect(Math.max(...scores)).toBeLessThanOrEqual(1);
    expect(Math.min(...scores)).toBeGreaterThan(0);
    const best = await index.search('bread baking', { rankingScoreThreshold: scores[0] ?? 1 });
    expect(best.hits.map(({ id }) => id as unknown)).toEqual(['bread']);
    expect(best.estimatedTotalHits).toBe(1);
  });
});

describe('pages', () => {
  test('offset and limit', async () => {
    const page = await index.search('', { offset: 2, limit: 2, attributesToRetrieve: ['id'] });
    expect(page).toMatchObject({
      hits: [{ id: 'wood' }, { id: 'quotes' }],
      query: '',
      offset: 2,
      limit: 2,
      estimatedTotalHits: 8,
    });
    expect(page.processingTimeMs).toBeGreaterThanOrEqual(0);
  });
  test('numbered pages', async () => {
    const page = await index.search('', { page: 2, hitsPerPage: 3, attributesToRetrieve: ['id'] });
    expect(page).toMatchObject({
      hits: [{ id: 'quotes' }, { id: 'creme' }, { id: 'home' }],
      page: 2,
      hitsPerPage: 3,
      totalPages: 3,
      totalHits: 8,
    });
  });
  test('hits never go beyond maxTotalHits, though all are counted', async () => {
    const other = name('short');
    await fill(
      other,
      { pagination: { maxTotalHits: 2 } },
      [1, 2, 3].map((id) => ({ id })),
    );
    const page = await client.index(other).search('', { limit: 10 });
    expect(page.hits).toHaveLength(2);
    expect(page.estimatedTotalHits).toBe(3);
  });
});

describe('attributes', () => {
  test('are those asked for, also inside arrays of objects', async () => {
    const { hits } = await index.search('bread baking', { limit: 1, attributesToRetrieve: ['id', 'sections.heading'] });
    expect(hits).toEqual([{ id: 'bread', sections: [{ heading: 'Start' }, { heading: 'Fermentation' }] }]);
  });
  test('are never those that are not displayed', async () => {
    const other = name('hidden');
    await fill(other, { displayedAttributes: ['id', 'title'], searchableAttributes: ['secret'] }, [
      { id: 1, title: 'shown', secret: 'whisper' },
    ]);
    const { hits } = await client
      .index(other)
      .search('whisper', { attributesToHighlight: ['*'], attributesToRetrieve: ['*'] });
    expect(hits).toEqual([{ id: 1, title: 'shown', _formatted: { id: '1', title: 'shown' } }]);
  });
  test('one document per distinct value', async () => {
    expect(await ids(uid, '', { distinct: 'language' })).toEqual(['bread', 'khleb', 'creme', 'database']);
    expect(await searchCode(uid, { distinct: 'title' })).toEqual([400, 'invalid_search_distinct']);
  });
});

describe('refusals', () => {
  test.each([
    [{ q: 5 }, 'invalid_search_q'],
    [{ limit: -1 }, 'invalid_search_limit'],
    [{ offset: 'a' }, 'invalid_search_offset'],
    [{ page: 'a' }, 'invalid_search_page'],
    [{ facets: 'language' }, 'invalid_search_facets'],
    [{ facets: ['unknown'] }, 'invalid_search_facets'],
    [{ matchingStrategy: 'some' }, 'invalid_search_matching_strategy'],
    [{ rankingScoreThreshold: 2 }, 'invalid_search_ranking_score_threshold'],
    [{ cropLength: -1 }, 'invalid_search_crop_length'],
    [{ nonsense: 1 }, 'bad_request'],
  ])('%j: %s', async (query, code) => {
    expect(await searchCode(uid, query)).toEqual([400, code]);
  });
  test('a body that is not JSON, or not declared so', async () => {
    const path = `/indexes/${uid}/search`;
    expect(codeOf(await raw('POST', path, { body: '{', headers: { 'Content-Type': 'application/json' } }))).toEqual([
      400,
      'malformed_payload',
    ]);
    expect(codeOf(await raw('POST', path, { body: '{}', headers: { 'Content-Type': 'text/plain' } }))).toEqual([
      415,
      'invalid_content_type',
    ]);
  });
  test('a missing index', async () => {
    expect(codeOf(await raw('POST', `/indexes/${name('nowhere')}/search`, json({})))).toEqual([404, 'index_not_found']);
  });
});

test('a changed document is found by its new words and no longer by its old ones', async () => {
  const other = name('changing');
  await fill(other, {}, [{ id: 1, title: 'before' }]);
  expectSuccess(
    await client
      .index(other)
      .addDocuments([{ id: 1, title: 'afterwards' }])
      .waitTask(WAIT),
  );
  expect(await ids(other, 'afterwards')).toEqual([1]);
  expect(await ids(other, 'before')).toEqual([]);
});
