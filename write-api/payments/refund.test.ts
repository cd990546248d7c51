import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRefund, type RefundCase } from './refund.ts';

const DAY = 86_400_000;
const settledAt = new Date('2026-10-01T08:00:00Z');
const paid: RefundCase = { status: 'succeeded', settledAt, percent: 0, isCompleted: false, byAdmin: false };
const kind = (changes: Partial<RefundCase>, daysLater = 0) =>
  decideRefund({ ...paid, ...changes }, new Date(settledAt.getTime() + daysLater * DAY)).kind;

describe('a refund', () => {
  it('is the buyer’s right within 30 days and below half of the course', () => {
    expect(kind({}, 30)).toBe('refund');
    expect(kind({}, 30.001)).toBe('refused');
    expect(kind({ percent: 49 })).toBe('refund');
    expect(kind({ percent: 50 })).toBe('refused');
    expect(kind({ isCompleted: true, percent: 10 })).toBe('refused');
  });

  it('can be given by an admin at any time', () => {
    expect(kind({ byAdmin: true, percent: 100, isCompleted: true }, 1000)).toBe('refund');
  });

  it('happens at most once, and only to what was charged', () => {
    const refundCase = fc.record<RefundCase>({
      status: fc.constantFrom('pending', 'succeeded', 'declined', 'failed', 'refunding', 'refunded'),
      settledAt: fc.option(fc.date({ noInvalidDate: true })),
      percent: fc.integer({ min: 0, max: 100 }),
      isCompleted: fc.boolean(),
      byAdmin: fc.boolean(),
    });
    fc.assert(
      fc.property(refundCase, fc.date({ noInvalidDate: true }), (some, now) => {
        const decision = decideRefund(some, now);
        if (decision.kind === 'refund') expect(some.status).toBe('succeeded');
        if (some.status === 'refunded' || some.status === 'refunding') expect(decision.kind).toBe('already');
      }),
    );
  });
});
