import { expect, test } from 'vitest';
import { countFailure } from './backoff.ts';

test('each failure in a row doubles the wait, up to half a minute', () => {
  const waits = [0, 1, 2, 3, 20].map((before) => countFailure(before, 0).delayMs);
  expect(waits).toEqual([250, 500, 1_000, 2_000, 30_000]);
});

test('a part that ran for a minute starts again from the shortest wait', () => {
  expect(countFailure(7, 60_000)).toEqual({ count: 1, delayMs: 250, isLoop: false });
});

test('five failures in a row are a loop', () => {
  expect(countFailure(3, 0).isLoop).toBe(false);
  expect(countFailure(4, 0).isLoop).toBe(true);
});
