import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { atRate, latestOf, type Written } from './writers.ts';

const written = (position: string): Written => ({ position, at: 0 });

test('writes begin at the rate, whether the earlier ones are done or not', async () => {
  const started = performance.now();
  const all = await atRate(
    100,
    (count) => count < 10,
    async (count) => {
      await delay(100);
      return written(String(count));
    },
  );
  expect(all.map(({ position }) => position)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  expect(performance.now() - started).toBeLessThan(600);
});

test('a write that fails ends them, and none is left that nobody waits for', async () => {
  let begun = 0;
  let done = 0;
  const run = atRate(
    200,
    (count) => count < 1_000,
    async (count) => {
      begun += 1;
      // Most of what fails does so before the last has begun: that must not end the process.
      if (count === 2) throw new Error('the third failed');
      await delay(50);
      done += 1;
      return written(String(count));
    },
  );
  await expect(run).rejects.toThrow('the third failed');
  expect(begun).toBeLessThan(10);
  expect(done).toBe(begun - 1);
});

test('the last that was written is not the last that was begun', () => {
  expect(latestOf([written('1-05'), written('1-07'), written('1-06')])).toBe('1-07');
  expect(() => latestOf([])).toThrow('nothing was written');
});
