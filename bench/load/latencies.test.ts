import { expect, test } from 'vitest';
import { Latencies } from './latencies.ts';

const from = (values: number[]): Latencies => {
  const latencies = new Latencies();
  for (const value of values) latencies.record(value);
  return latencies;
};

test('quantiles are within one percent of the values, from microseconds to minutes', () => {
  const values = [0.02, 0.5, 7, 300, 60_000];
  const quantiles = [0.2, 0.4, 0.6, 0.8, 1].map((share) => from(values).quantile(share));
  values.forEach((value, index) => expect((quantiles[index] ?? 0) / value - 1).toBeLessThanOrEqual(0.0101));
  values.forEach((value, index) => expect((quantiles[index] ?? 0) / value - 1).toBeGreaterThanOrEqual(-1e-9));
  expect(new Latencies().quantile(0.5)).toBeNaN();
});

test('what several collected is what one would have collected', () => {
  const together = Latencies.of(from([1, 2, 3]).counts, from([2, 400]).counts);
  expect(together.counts).toEqual(from([1, 2, 3, 2, 400]).counts);
  expect(together.count).toBe(5);
});

test('the distribution ascends to all of them', () => {
  const shares = from([3, 1, 1, 9])
    .distribution()
    .map(({ share }) => share);
  expect(shares).toEqual([0.5, 0.75, 1]);
});
