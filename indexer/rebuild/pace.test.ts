import { expect, test } from 'vitest';
import { FULL, LiveDelay, nextPace, pauseAfter, type Pace } from './pace.ts';

const busy = (delayMs: number) => ({ delayMs, usualMs: 10 });

test('a build beside a silent stream goes as fast as it can', () => {
  expect(nextPace({ rest: 9, step: 20 }, { delayMs: null, usualMs: 10 })).toBe(FULL);
  expect(pauseAfter(FULL, 500)).toBe(0);
});

test('a build begins gently beside a busy stream, and gets slower while changes are late', () => {
  const first = nextPace(FULL, busy(10));
  expect(first.rest).toBeGreaterThan(0);
  const second = nextPace(first, busy(15));
  expect(second.rest).toBeGreaterThan(first.rest);
  expect(second.step).toBeLessThan(first.step);
});

test('a build gets faster again when changes are in time, and has its limits either way', () => {
  const settle = (delayMs: number) => {
    let pace: Pace = nextPace(FULL, busy(delayMs));
    for (let step = 0; step < 200; step += 1) pace = nextPace(pace, busy(delayMs));
    return pace;
  };
  expect(settle(10)).toEqual({ rest: 0.5, step: 500 });
  expect(settle(1000)).toEqual({ rest: 30, step: 20 });
  expect(pauseAfter(settle(1000), 400)).toBe(1000);
});

test('the delay is forgotten when nothing is written', () => {
  let now = 0;
  const delay = new LiveDelay(() => now);
  expect(delay.milliseconds).toBeNull();
  delay.add(10);
  delay.add(20);
  expect(delay.milliseconds).toBe(12);
  now = 10_000;
  expect([delay.milliseconds, delay.last]).toEqual([null, 12]);
  delay.add(50);
  expect(delay.milliseconds).toBe(50);
});
