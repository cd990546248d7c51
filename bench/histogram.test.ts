import { expect, test } from 'vitest';
import { histogram, percentile } from './histogram.ts';

test('percentiles are values that occurred', () => {
  const values = [5, 1, 4, 2, 3];
  expect([0, 0.5, 0.99, 1].map((quantile) => percentile(values, quantile))).toEqual([1, 3, 5, 5]);
  expect(percentile([], 0.5)).toBeNaN();
});

test('every value is in exactly one bar', () => {
  const counts = histogram([1, 10, 11, 500], [10, 100], 'ms').map((line) => Number(line.trim().split(/\s+/).at(-1)));
  expect(counts).toEqual([2, 1, 1]);
});
