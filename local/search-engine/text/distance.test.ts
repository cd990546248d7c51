import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance } from './distance.ts';

describe('editDistance', () => {
  test.each<[string, string, number]>([
    ['bread', 'bread', 0],
    ['bread', 'bred', 1],
    ['bread', 'braed', 1],
    ['bread', 'breads', 1],
    ['bread', 'crumb', 3],
    ['durabilty', 'durability', 1],
  ])('%s and %s: %i', (query, candidate, expected) => {
    expect(editDistance(query, candidate, 2, false)).toBe(expected);
  });

  test.each<[string, string, number]>([
    ['brea', 'breadcrumb', 0],
    ['baknig', 'baking', 1],
    ['bactr', 'bacteria', 0 + 1],
    ['xyz', 'bread', 3],
  ])('%s and what begins like %s: %i', (query, candidate, expected) => {
    expect(editDistance(query, candidate, 2, true)).toBe(expected);
  });

  test('is the same in both directions, and 0 only for equal words', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(word, word, (left, right) => {
        const distance = editDistance(left, right, 10, false);
        expect(distance).toBe(editDistance(right, left, 10, false));
        expect(distance === 0).toBe(left === right);
      }),
    );
  });
});
