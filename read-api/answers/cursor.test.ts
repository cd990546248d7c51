import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { queryHash } from './query-hash.ts';

const hash = queryHash('catalog', 'newest', {});

describe('a cursor', () => {
  it('carries any place back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (place) => {
        expect(decodeCursor(encodeCursor(hash, place), hash)).toBe(place);
      }),
    );
  });

  it('is refused by another query', () => {
    const cursor = encodeCursor(hash, 'place');
    expect(() => decodeCursor(cursor, queryHash('catalog', 'title', {}))).toThrow(ProblemError);
  });

  it('is refused when it is any other text, and nothing but that happens', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeCursor(text, hash)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }));
      }),
    );
  });
});
