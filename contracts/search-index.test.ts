import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  besideIndexName,
  filterValue,
  parseBesideIndexName,
  parseSearchIndexName,
  SEARCH_INDEX_KINDS,
  searchIndexName,
} from './search-index.ts';

describe('the name of a search index', () => {
  it('tells kind, generation and epoch', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SEARCH_INDEX_KINDS), fc.nat(), fc.nat(), (kind, generation, epoch) => {
        const name = searchIndexName('shop_', kind, generation, epoch);
        expect(parseSearchIndexName('shop_', name)).toEqual({ kind, generation, epoch });
      }),
    );
  });

  it('is never that of an index in use while its generation is beside it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SEARCH_INDEX_KINDS), fc.nat(), fc.nat(), (kind, generation, epoch) => {
        const name = besideIndexName('shop_', kind, generation, epoch);
        expect(parseBesideIndexName('shop_', name)).toEqual({ kind, generation, epoch });
        expect(parseSearchIndexName('shop_', name)).toBeNull();
      }),
    );
    expect(parseBesideIndexName('', searchIndexName('', 'courses', 1, 1))).toBeNull();
  });

  it.each(['courses_g1', 'other_g1_e1', 'shop_courses_g1_e1x', 'courses_g1_e1'])('is not %s under a prefix', (name) => {
    expect(parseSearchIndexName('shop_', name)).toBeNull();
  });
});

describe('a value in a filter expression', () => {
  it('ends where its own quote ends, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const quoted = filterValue(value);
        // Reading it back as the grammar does: a backslash takes the next character as it is.
        const inner = quoted.slice(1, -1).replace(/\\([\\"])/g, '$1');
        expect(inner).toBe(value);
        expect(/(^|[^\\])(\\\\)*"/.test(quoted.slice(1, -1))).toBe(false);
      }),
    );
  });
});
