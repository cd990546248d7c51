import { expect, test } from 'vitest';
import { divideByRank } from './popularity.ts';

const sum = (counts: number[]): number => counts.reduce((all, count) => all + count, 0);

test('the sum is exact, and the first has about twice as many as the second', () => {
  const counts = divideByRank(20_000, 1000, () => Infinity);
  expect(sum(counts)).toBe(20_000);
  expect((counts[0] ?? 0) / (counts[1] ?? 1)).toBeCloseTo(2, 1);
  expect(counts.toSorted((a, b) => b - a)[0]).toBe(counts[0]);
});

test('nobody gets more than they can take; the rest goes to others', () => {
  const counts = divideByRank(300, 10, () => 40);
  expect(sum(counts)).toBe(300);
  expect(Math.max(...counts)).toBe(40);
});

test('what all together cannot take is refused', () => {
  expect(() => divideByRank(11, 5, () => 2)).toThrow('1 of 11 are left over');
});
