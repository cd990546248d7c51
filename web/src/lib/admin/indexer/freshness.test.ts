import { describe, expect, it } from 'vitest';
import { agoMs, isStale } from './freshness.ts';

describe('numbers for operators', () => {
  it('are fresh for some seconds after an answer and never again', () => {
    expect([0, 1_500, 5_000, 5_001, 600_000, Number.NaN].map(isStale)).toEqual([false, false, false, true, true, true]);
  });

  it('have an age by the clock of who told them', () => {
    const at = Date.parse('2026-01-01T00:00:10Z');
    expect(agoMs('2026-01-01T00:00:04Z', at)).toBe(6_000);
    expect(agoMs('2026-01-01T00:00:11Z', at)).toBe(0);
    expect(agoMs(null, at)).toBeNull();
    expect(agoMs('soon', at)).toBeNull();
  });
});
