import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterExpression, filtersOf } from './filters.ts';
import { facetsRequest, hitsRequest } from './requests.ts';

const names = { courses: 'courses_g1_e1', lessons: 'lessons_g1_e1' };
const tags = { pre: '[', post: ']' };
const request = { q: 'bread', filters: {}, sort: 'relevance' as const, offset: 0, limit: 20 };

describe('a filter expression', () => {
  it('joins the filters that are set', () => {
    const filters = filtersOf({ category: ['music', 'art', 'music'], language: [], price: ['free'] });
    expect(filterExpression(filters)).toBe('category IN ["art", "music"] AND price IN ["free"]');
    expect(filterExpression(filters, 'price')).toBe('category IN ["art", "music"]');
    expect(filterExpression({})).toBeNull();
  });

  it('keeps any value within its quotes', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const expression = filterExpression({ category: [value] }) ?? '';
        const inside = expression.slice('category IN ["'.length, -'"]'.length);
        expect(inside.replace(/\\[\\"]/g, '')).not.toMatch(/["\\]/);
      }),
    );
  });
});

describe('a request for hits', () => {
  it('asks both indexes in one federated search', () => {
    const { federation, queries } = hitsRequest(names, request, tags);
    expect(federation).toEqual({ offset: 0, limit: 20 });
    expect(queries.map(({ indexUid }) => indexUid)).toEqual([names.courses, names.lessons]);
    expect(queries.flatMap((query) => query.attributesToRetrieve)).not.toContain('sections');
  });

  it('asks for courses alone when browsing, newest first, and under a sort by price or rating', () => {
    const browsing = hitsRequest(names, { ...request, q: '' }, tags);
    expect(browsing.queries).toEqual([
      expect.objectContaining({ indexUid: names.courses, sort: ['publishedAt:desc'] }),
    ]);
    expect(hitsRequest(names, { ...request, sort: 'priceHigh' }, tags).queries).toEqual([
      expect.objectContaining({ indexUid: names.courses, sort: ['priceAmount:desc'] }),
    ]);
    expect(hitsRequest(names, { ...request, sort: 'rating' }, tags).queries).toEqual([
      expect.objectContaining({ indexUid: names.courses, sort: ['ratingScore:desc'] }),
    ]);
  });
});

describe('a request for facets', () => {
  it('counts each facet that filters by a search of its own, and the others together', () => {
    const filters = { level: ['beginner'], price: ['free'] };
    const { request: facets, facets: groups } = facetsRequest(names, 'bread', filters);
    expect(groups).toEqual([['category', 'language'], ['level'], ['price']]);
    expect(facets.queries.map(({ filter }) => filter)).toEqual([
      'level IN ["beginner"] AND price IN ["free"]',
      'price IN ["free"]',
      'level IN ["beginner"]',
    ]);
    expect(facets.queries.every(({ limit }) => limit === 0)).toBe(true);
  });

  it('needs one search when nothing is filtered, and none for an empty group', () => {
    expect(facetsRequest(names, '', {}).facets).toEqual([['category', 'language', 'level', 'price']]);
    const all = { category: ['a'], language: ['en'], level: ['beginner'], price: ['free'] };
    expect(facetsRequest(names, '', all).facets).toEqual([['category'], ['language'], ['level'], ['price']]);
  });
});
