import { describe, expect, it } from 'vitest';
import { WindowCounters } from './window-counters.ts';

const QUOTA = { windowMs: 1000, max: 2 };

function counters(maxEntries?: number) {
  const clock = { now: 0 };
  return { clock, counters: new WindowCounters({ now: () => clock.now, ...(maxEntries && { maxEntries }) }) };
}

describe('window counters', () => {
  it('count up to the quota, from the first count until the window ends', () => {
    const { clock, counters: local } = counters();
    expect(local.add('a', QUOTA)).toEqual({ count: 1, resetMs: 1000 });
    clock.now = 400;
    expect(local.add('a', QUOTA)).toEqual({ count: 2, resetMs: 600 });
    expect(local.add('a', QUOTA).count).toBe(3);
    expect(local.add('a', QUOTA).count).toBe(3);
    expect(local.add('b', QUOTA).count).toBe(1);
    clock.now = 1000;
    expect(local.add('a', QUOTA)).toEqual({ count: 1, resetMs: 1000 });
  });

  it('tell each count once, and again when it could not be told', () => {
    const { local } = { local: counters().counters };
    local.add('a', QUOTA);
    const told = local.take('a');
    expect(told).toEqual({ key: 'a', amount: 1, remainingMs: 1000 });
    expect(local.take('a')).toBeUndefined();
    local.add('a', QUOTA);
    if (told) local.giveBack(told);
    expect(local.take('a')?.amount).toBe(2);
  });

  it('add what others have counted to what they do not know yet', () => {
    const { clock, counters: local } = counters();
    local.add('a', { windowMs: 1000, max: 10 });
    local.take('a');
    local.add('a', { windowMs: 1000, max: 10 });
    local.learn('a', { count: 7, resetMs: 300 });
    expect(local.add('a', { windowMs: 1000, max: 10 })).toEqual({ count: 9, resetMs: 300 });
    clock.now = 300;
    expect(local.add('a', { windowMs: 1000, max: 10 }).count).toBe(1);
  });

  it('take back and forget', () => {
    const { counters: local } = counters();
    local.add('a', QUOTA);
    local.add('a', QUOTA);
    local.withdraw('a');
    expect(local.add('a', QUOTA).count).toBe(2);
    local.forget('a');
    expect(local.add('a', QUOTA).count).toBe(1);
  });

  it('forget what was not used for the longest time', () => {
    const { counters: local } = counters(2);
    local.add('a', QUOTA);
    local.add('b', QUOTA);
    local.add('a', QUOTA);
    local.add('c', QUOTA);
    expect(local.add('a', QUOTA).count).toBe(3);
    expect(local.add('b', QUOTA).count).toBe(1);
  });
});
