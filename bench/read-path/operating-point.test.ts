import { expect, test } from 'vitest';
import { bestPoint, pointAtP99 } from './operating-point.ts';

const points = [
  { connections: 1, requestsPerSecond: 100, p99Ms: 12 },
  { connections: 4, requestsPerSecond: 390, p99Ms: 14 },
  { connections: 16, requestsPerSecond: 400, p99Ms: 60 },
];

test('more connections that only wait are no better', () => {
  expect(bestPoint(points).connections).toBe(4);
});

test('at a p99 counts what is answered within it', () => {
  expect(pointAtP99(points, 13).requestsPerSecond).toBe(100);
  expect(pointAtP99(points, 500).requestsPerSecond).toBe(390);
  expect(pointAtP99(points, 5).requestsPerSecond).toBe(100);
});
