import { describe, expect, test } from 'vitest';
import { SearchIndex } from '../index/search-index.ts';
import type { JsonObject } from '../json.ts';
import { defaultSettings, type Settings } from '../settings/settings.ts';
import { executeSearch } from './execute.ts';
import { parseSearchQuery } from './search-query.ts';

function indexOf(documents: Record<string, JsonObject>, settings: Partial<Settings> = {}): SearchIndex {
  const info = { uid: 'test', primaryKey: 'id', createdAt: '', updatedAt: '' };
  const index = new SearchIndex(info, { ...defaultSettings(), ...settings });
  for (const [id, body] of Object.entries(documents)) index.put(id, body);
  return index;
}

const search = (index: SearchIndex, query: object): string[] =>
  executeSearch(index, parseSearchQuery(query), { wanted: 20, withScores: false }).ranked.map(
    ({ document }) => document.id,
  );

describe('ranking', () => {
  test('words before typos before nearness before attributes', () => {
    const index = indexOf(
      {
        far: { title: 'garden of stones and of flowers' },
        one: { title: 'garden' },
        text: { text: 'garden flowers' },
        typo: { title: 'gardin flowers' },
        near: { title: 'garden flowers' },
      },
      { searchableAttributes: ['title', 'text'] },
    );
    expect(search(index, { q: 'garden flowers' })).toEqual(['near', 'text', 'far', 'typo', 'one']);
  });

  test('the exact word before a longer one that begins with it', () => {
    const index = indexOf({ longer: { title: 'baker street' }, exact: { title: 'bake street' } });
    expect(search(index, { q: 'bake' })).toEqual(['exact', 'longer']);
  });

  test('earlier in the attribute is better', () => {
    const index = indexOf({ late: { title: 'all about the garden' }, early: { title: 'garden for all people' } });
    expect(search(index, { q: 'garden ' })).toEqual(['early', 'late']);
  });

  test('own ranking rules decide where they stand', () => {
    const documents = { old: { title: 'garden', year: 1 }, recent: { title: 'the garden', year: 2 } };
    const index = indexOf(documents, { rankingRules: ['words', 'year:desc', 'wordPosition'] });
    expect(search(index, { q: 'garden' })).toEqual(['recent', 'old']);
  });

  test('scores fall along the list from near 1 for the perfect match', () => {
    const index = indexOf({ other: { title: 'the garden of flowers' }, perfect: { title: 'garden flowers' } });
    const { ranked } = executeSearch(index, parseSearchQuery({ q: 'garden flowers ' }), {
      wanted: 2,
      withScores: true,
    });
    expect(ranked.map(({ document }) => document.id)).toEqual(['perfect', 'other']);
    expect(ranked[0]?.score).toBeGreaterThan(0.99);
    expect(ranked[0]?.score).toBeLessThanOrEqual(1);
    expect(ranked[1]?.score).toBeLessThan(ranked[0]?.score ?? 0);
  });
});

describe('an index', () => {
  test('forgets the words of a document that is replaced or deleted', () => {
    const index = indexOf({ a: { title: 'before' }, b: { title: 'before after' } });
    index.put('a', { title: 'after' });
    expect(search(index, { q: 'before' })).toEqual(['b']);
    index.delete('b');
    expect(search(index, { q: 'before' })).toEqual([]);
    expect(search(index, { q: 'after' })).toEqual(['a']);
    expect(index.text.vocabulary.get('before')).toBeUndefined();
  });

  test('finds everything again after many changes of the same documents', () => {
    const index = indexOf({});
    for (let round = 0; round < 20; round += 1) {
      for (let id = 0; id < 20; id += 1) index.put(`d${id}`, { title: `word${(round * 7 + id) % 30} common` });
    }
    expect(search(index, { q: 'common' })).toHaveLength(20);
    const terms = [...index.text.vocabulary.withPrefix('word')].map(([, { documents }]) => documents.length);
    expect(terms).toEqual(Array.from({ length: 20 }, () => 1));
  });
});
