import { expect, test } from 'vitest';
import { linearScale, logScale } from './scale.ts';

test('a linear axis begins at zero and ends at a round number past the greatest value', () => {
  const { at, ticks } = linearScale(9_300);
  expect(ticks).toEqual([0, 2_000, 4_000, 6_000, 8_000, 10_000]);
  expect([at(0), at(5_000), at(99_999)]).toEqual([0, 0.5, 1]);
});

test('a logarithmic axis holds all values between round numbers', () => {
  const { at, ticks } = logScale(0.3, 40);
  expect(ticks[0]).toBeCloseTo(0.2);
  expect(ticks.at(-1)).toBe(50);
  expect(at(0.2)).toBeCloseTo(0);
  expect(at(50)).toBeCloseTo(1);
  expect(at(0.3)).toBeGreaterThan(0);
});

test('an axis over one value has a length', () => {
  expect(logScale(1, 1).ticks.length).toBeGreaterThan(1);
  expect(linearScale(0).ticks.at(-1)).toBeGreaterThan(0);
});
