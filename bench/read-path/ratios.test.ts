import { expect, test } from 'vitest';
import { isControlled, orderOf, ratios, spreadOf } from './ratios.ts';

test('a ratio is that of each round, and one bad round does not move the median', () => {
  const spread = spreadOf(ratios([50, 100, 5, 60, 40], [100, 200, 100, 100, 100]));
  expect(spread).toEqual({ median: 0.5, low: 0.4, high: 0.5 });
});

test('equal contenders that differ by a tenth say that nothing can be told', () => {
  expect([0.89, 0.9, 1, 1.1, 1.11].map((median) => isControlled({ median, low: 0, high: 2 }))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});

test('a control may have bounds of its own', () => {
  const control = { median: 1.15, low: 1, high: 2 };
  expect(isControlled({ ...control, within: { low: 0.8, high: 1.2 } })).toBe(true);
  expect(isControlled({ ...control, within: { low: 0.9, high: 1.14 } })).toBe(false);
});

test('every contender takes every place in turn', () => {
  const orders = [0, 1, 2, 3, 4, 5, 6, 7].map((round) => orderOf(['a', 'b', 'c', 'd'], round));
  for (const name of ['a', 'b', 'c', 'd']) {
    expect(orders.map((order) => order.indexOf(name)).toSorted()).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  }
});
