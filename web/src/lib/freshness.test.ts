import { describe, expect, it } from 'vitest';
import { mergeFreshness } from './freshness.ts';

const now = Date.parse('2026-11-20T10:00:10.000Z');
const older = '0000000001-00000000000000000742-0000000000000000018';
const newer = '0000000001-00000000000000000900-0000000000000000020';

describe('the freshness of a page', () => {
  it('is that of its oldest answer', () => {
    const samples = [
      { time: '2026-11-20T10:00:09.700Z', position: newer, stale: false },
      { time: '2026-11-20T10:00:08.000Z', position: older, stale: false },
    ];
    expect(mergeFreshness(samples, now)).toEqual({ ageMs: 2000, position: older, stale: false });
  });

  it('is unknown without answers', () => {
    expect(mergeFreshness([], now)).toBeNull();
  });

  it('is stale when one answer is, or when one does not say how old it is', () => {
    const fresh = { time: '2026-11-20T10:00:09.700Z', position: newer, stale: false };
    expect(mergeFreshness([fresh, { ...fresh, stale: true }], now)?.stale).toBe(true);
    expect(mergeFreshness([fresh, { ...fresh, time: null }], now)?.stale).toBe(true);
    expect(mergeFreshness([{ ...fresh, time: 'yesterday' }], now)?.stale).toBe(true);
  });

  it('is never negative when clocks differ', () => {
    expect(mergeFreshness([{ time: '2026-11-20T10:00:11.000Z', position: null, stale: false }], now)?.ageMs).toBe(0);
  });
});
