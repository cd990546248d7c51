import { expect, it } from 'vitest';
import { Restarts } from './restarts.ts';

const failedStart = { wasStarted: false, ranMs: 500 };
const quickEnd = { wasStarted: true, ranMs: 500 };
const LONG = { wasStarted: true, ranMs: 60_000 };

it('gives up at once when no worker has ever started', () => {
  expect(new Restarts().next(failedStart)).toBeNull();
});

it('replaces a worker that ran for long at once, and waits longer and longer, but not for ever, for those that end soon', () => {
  const restarts = new Restarts();
  restarts.started();
  expect(restarts.next(LONG)).toBe(0);
  const delays = Array.from({ length: 10 }, () => restarts.next(quickEnd));
  expect(delays.slice(0, 4)).toEqual([100, 200, 400, 800]);
  expect(delays.at(-1)).toBe(10_000);
  expect(restarts.next(LONG)).toBe(0);
  expect(restarts.next(quickEnd)).toBe(100);
});

it('gives up after five starts in a row that failed', () => {
  const restarts = new Restarts();
  restarts.started();
  for (let count = 0; count < 4; count += 1) expect(restarts.next(failedStart)).not.toBeNull();
  restarts.started();
  for (let count = 0; count < 4; count += 1) expect(restarts.next(failedStart)).not.toBeNull();
  expect(restarts.next(failedStart)).toBeNull();
});
