import { describe, expect, it } from 'vitest';
import { AttemptLimits } from './attempt-limits.ts';

const EMAIL = 'ann@example.com';
const MINUTE = 60_000;
const attempts = (limits: AttemptLimits, count: number): number[] =>
  Array.from({ length: count }, () => limits.attempt(EMAIL, 0));

describe('limits of attempts', () => {
  it('hold an account back after ten failures, however its email is written', () => {
    const limits = new AttemptLimits({ max: 10, windowMs: 15 * MINUTE });
    expect(attempts(limits, 10)).toEqual(Array(10).fill(0));
    expect(limits.attempt(' ANN@example.com', MINUTE)).toBe(14 * 60);
    expect(limits.attempt('bob@example.com', MINUTE)).toBe(0);
    expect(limits.attempt(EMAIL, 15 * MINUTE)).toBe(0);
  });

  it('forget failures after a success', () => {
    const limits = new AttemptLimits({ max: 10, windowMs: 15 * MINUTE });
    attempts(limits, 10);
    limits.succeeded(EMAIL);
    expect(limits.attempt(EMAIL, 1)).toBe(0);
  });

  it('do not count attempts that could not be judged', () => {
    const limits = new AttemptLimits({ max: 10, windowMs: 15 * MINUTE });
    attempts(limits, 10);
    limits.withdraw(EMAIL);
    expect(limits.attempt(EMAIL, 1)).toBe(0);
    expect(limits.attempt(EMAIL, 1)).toBeGreaterThan(0);
  });
});
