import { expect, it } from 'vitest';
import { retryAfter } from './backoff.ts';

it('waits longer after each failure, at most two hours, and gives up after twelve', () => {
  const down = new Error('connect ECONNREFUSED');
  expect([1, 2, 3, 10, 11].map((attempts) => retryAfter(attempts, down))).toEqual([15, 30, 60, 7200, 7200]);
  expect(retryAfter(12, down)).toBeNull();
});

it('gives up at once on an address that the server refuses for good', () => {
  const refused = (code: string, responseCode: number) => Object.assign(new Error('no'), { code, responseCode });
  expect(retryAfter(1, refused('EENVELOPE', 550))).toBeNull();
  expect(retryAfter(1, refused('EENVELOPE', 451))).toBe(15);
  expect(retryAfter(1, refused('EAUTH', 535))).toBe(15);
});
