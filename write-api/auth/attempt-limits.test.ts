import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Counters } from '@eduplatform/http-kit/rate-limits/counters';
import { createLogger } from '@eduplatform/observability/logger';
import { AttemptLimits } from './attempt-limits.ts';

const EMAIL = 'ann@example.com';
const MINUTE = 60_000;
const newLimits = (): AttemptLimits =>
  new AttemptLimits(new Counters({ logger: createLogger('test', 'silent') }), 'login', {
    max: 10,
    windowMs: 15 * MINUTE,
  });
const attempts = (limits: AttemptLimits, count: number): Promise<number[]> =>
  Promise.all(Array.from({ length: count }, () => limits.attempt(EMAIL)));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('limits of attempts', () => {
  it('hold an account back after ten failures, however its email is written', async () => {
    const limits = newLimits();
    expect(await attempts(limits, 10)).toEqual(Array(10).fill(0));
    vi.advanceTimersByTime(MINUTE);
    expect(await limits.attempt(' ANN@example.com')).toBe(14 * 60);
    expect(await limits.attempt('bob@example.com')).toBe(0);
    vi.advanceTimersByTime(14 * MINUTE);
    expect(await limits.attempt(EMAIL)).toBe(0);
  });

  it('forget failures after a success', async () => {
    const limits = newLimits();
    await attempts(limits, 10);
    await limits.succeeded(EMAIL);
    expect(await limits.attempt(EMAIL)).toBe(0);
  });

  it('do not count attempts that could not be judged', async () => {
    const limits = newLimits();
    await attempts(limits, 10);
    await limits.withdraw(EMAIL);
    expect(await limits.attempt(EMAIL)).toBe(0);
    expect(await limits.attempt(EMAIL)).toBeGreaterThan(0);
  });
});
