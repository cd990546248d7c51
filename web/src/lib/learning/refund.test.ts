import { describe, expect, it } from 'vitest';
import { canRefund } from './refund.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const payment = {
  status: 'succeeded' as const,
  settledAt: '2026-11-01T12:00:00Z',
  total: { amount: 1900, currency: 'USD' },
};
const progress = (percent: number, isComplete = false) => ({
  percent,
  completion: isComplete ? { completedAt: '', certificateCode: '' } : null,
});

describe('a refund', () => {
  it('is offered within 30 days while less than half is done', () => {
    expect(canRefund(payment, progress(49), now)).toBe('yes');
    expect(canRefund(payment, progress(50), now)).toBe('too-far');
    expect(canRefund({ ...payment, settledAt: '2026-10-24T12:00:00Z' }, progress(0), now)).toBe('yes');
    expect(canRefund({ ...payment, settledAt: '2026-10-24T11:59:59Z' }, progress(0), now)).toBe('too-late');
  });

  it('is not offered for a completed course, however many lessons were added since', () => {
    expect(canRefund(payment, progress(40, true), now)).toBe('too-far');
  });

  it('is offered while the progress is not known', () => {
    expect(canRefund(payment, null, now)).toBe('yes');
  });

  it('is not offered where nothing was charged, or was given back', () => {
    for (const status of ['pending', 'declined', 'failed', 'refunding', 'refunded'] as const) {
      expect(canRefund({ ...payment, status }, null, now)).toBe('nothing-charged');
    }
    expect(canRefund({ ...payment, total: { amount: 0, currency: 'USD' } }, null, now)).toBe('nothing-charged');
  });
});
