import { describe, expect, it } from 'vitest';
import {
  activeFacets,
  apiQuery,
  parseSearch,
  searchParameters,
  toggleFacet,
  withQuery,
  withoutFacets,
} from './url-state.ts';

const parse = (query: string) => parseSearch(new URLSearchParams(query));

describe('the catalog’s address', () => {
  it('reads back what it wrote', () => {
    const state = parse(
      'q=borrow+checker&category=data&category=math&level=beginner&price=free&sort=newest&cursor=abc',
    );
    expect(parse(searchParameters(state))).toEqual(state);
  });

  it('is empty when nothing is chosen', () => {
    expect(searchParameters(parse(''))).toBe('');
  });

  it('does not depend on the order in which filters were chosen', () => {
    expect(searchParameters(parse('category=math&category=data'))).toBe(
      searchParameters(parse('category=data&category=math')),
    );
  });

  it('leaves out what it does not know instead of failing', () => {
    const state = parse('language=xx&level=guru&price=cheap&category=A"B&sort=random&unknown=1');
    expect(activeFacets(state)).toEqual([]);
    expect(state.sort).toBe('relevance');
  });

  it('bounds what it takes', () => {
    expect(parse(`q=${'x'.repeat(500)}`).q).toHaveLength(200);
    expect(parse(`cursor=${'x'.repeat(401)}`).cursor).toBeNull();
    const many = Array.from({ length: 30 }, (_, index) => `category=c${index}`).join('&');
    expect(parse(many).facets.category).toHaveLength(20);
  });

  it('collapses white space in the words', () => {
    expect(parse('q=++borrow%09+checker+').q).toBe('borrow checker');
  });
});

describe('changing the search', () => {
  it('starts again from the first results', () => {
    const state = parse('q=a&cursor=abc');
    expect(withQuery(state, 'b').cursor).toBeNull();
    expect(toggleFacet(state, 'price', 'free').cursor).toBeNull();
    expect(withoutFacets(state).cursor).toBeNull();
  });

  it('adds a filter and takes it away again', () => {
    const state = parse('category=data');
    const both = toggleFacet(state, 'category', 'math');
    expect(both.facets.category).toEqual(['data', 'math']);
    expect(toggleFacet(both, 'category', 'data').facets.category).toEqual(['math']);
  });
});

describe('the search’s query', () => {
  it('shows the newest first when there are no words to match', () => {
    expect(apiQuery(parse(''), 20)).toMatchObject({ sort: 'newest', limit: 20, q: '' });
    expect(apiQuery(parse('q=rust'), 20)).toMatchObject({ sort: 'relevance' });
    expect(apiQuery(parse('sort=title'), 20)).toMatchObject({ sort: 'title' });
  });
});
