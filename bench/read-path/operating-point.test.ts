import { expect, test } from 'vitest';
import { bestPoint, isAtEqualP99, pointAtP99 } from './operating-point.ts';

const points = [
  { connections: 1, requestsPerSecond: 100, p99Ms: 12 },
  { connections: 4, requestsPerSecond: 390, p99Ms: 14 },
  { connections: 16, requestsPerSecond: 400, p99Ms: 60 },
];

test('more connections that only wait are no better', () => {
  expect(bestPoint(points).connections).toBe(4);
});

test('at a p99 counts what is answered within it', () => {
  expect(pointAtP99(points, 13)?.requestsPerSecond).toBe(100);
  expect(pointAtP99(points, 500)?.requestsPerSecond).toBe(390);
});

test('who is always slower has no point at that p99', () => {
  expect(pointAtP99(points, 5)).toBeNull();
});

test('p99s are equal while ours is no greater than noise explains', () => {
  expect([5, 10, 11, 11.1].map((ours) => isAtEqualP99(ours, 10))).toEqual([true, true, true, false]);
});
