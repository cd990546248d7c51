import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOG_SORTS, catalogMember, catalogMemberships, parseCatalogMember, type CatalogEntry } from './catalog.ts';

const entry = (change: Partial<CatalogEntry> = {}): CatalogEntry => ({
  id: '0190a000-0000-7000-8000-000000000001',
  title: 'Bread',
  category: 'cooking',
  language: 'en',
  level: 'beginner',
  priceAmount: 0,
  durationMinutes: 90,
  publishedAtMs: 1_700_000_000_000,
  updatedAtMs: 1_700_000_000_000,
  studentCount: 0,
  reviews: { count: 0, sum: 0 },
  ...change,
});

describe('a member of a catalog list', () => {
  it('sorts numbers by their value, not by their first digit', () => {
    const members = [90, 1000, 5].map((priceAmount) => catalogMember('priceLow', entry({ priceAmount })));
    expect([...members].sort()).toEqual([members[2], members[0], members[1]]);
  });

  it('sorts by students and by rating, in which many reviews count for more than one', () => {
    const of = (sort: 'popular' | 'rating', change: Partial<CatalogEntry>) => catalogMember(sort, entry(change));
    expect(of('popular', { studentCount: 1000 }) > of('popular', { studentCount: 99 })).toBe(true);
    const [liked, single] = [
      { count: 200, sum: 940 },
      { count: 1, sum: 5 },
    ];
    expect(of('rating', { reviews: liked }) > of('rating', { reviews: single })).toBe(true);
  });

  it('carries what filters ask for, whatever the title holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...CATALOG_SORTS), (title, sort) => {
        expect(parseCatalogMember(catalogMember(sort, entry({ title, priceAmount: 500 })))).toEqual({
          id: entry().id,
          category: 'cooking',
          language: 'en',
          level: 'beginner',
          price: 'paid',
        });
      }),
    );
  });

  it('is well-formed text also where the title is cut', () => {
    const title = `${'a'.repeat(59)}😀`;
    expect(catalogMember('title', entry({ title })).isWellFormed()).toBe(true);
  });

  it('stands once in each list', () => {
    const lists = catalogMemberships(entry()).map(({ list }) => list);
    expect(new Set(lists).size).toBe(lists.length);
    expect(lists).toContain('list:courses:price=free:newest');
    expect(lists).toContain('list:courses:category=cooking:title');
  });

  it('is refused when it is not one', () => {
    expect(() => parseCatalogMember('nonsense')).toThrow(RangeError);
  });
});
