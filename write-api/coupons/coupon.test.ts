import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discountOf, refusalOf, type Coupon } from './coupon.ts';

const now = new Date('2026-11-23T10:00:00Z');
const later = new Date('2026-11-24T10:00:00Z');
const course = { id: 'course', ownerId: 'owner', price: { amount: 1999, currency: 'EUR' } };
const coupon: Coupon = {
  id: 'coupon',
  ownerId: 'owner',
  courseId: null,
  courseTitle: null,
  code: 'AUTUMN',
  percentOff: 20,
  amountOff: null,
  maxRedemptions: null,
  redemptions: 0,
  startsAt: now,
  expiresAt: null,
  isActive: true,
  version: 1,
};
const refusal = (changes: Partial<Coupon>) => refusalOf({ ...coupon, ...changes }, course, now);

describe('a coupon', () => {
  it('works for any course of its owner, or for the one it names', () => {
    expect(refusal({})).toBeNull();
    expect(refusal({ courseId: 'course' })).toBeNull();
    expect(refusal({ courseId: 'another' })).toBe('other_course');
    expect(refusal({ ownerId: 'somebody' })).toBe('other_course');
    expect(refusalOf(undefined, course, now)).toBe('unknown');
  });

  it('works from its first moment to before its last', () => {
    expect(refusal({ startsAt: later })).toBe('not_started');
    expect(refusal({ expiresAt: now })).toBe('expired');
    expect(refusal({ expiresAt: later })).toBeNull();
    expect(refusal({ isActive: false })).toBe('inactive');
  });

  it('works as often as it may be used', () => {
    expect(refusal({ maxRedemptions: 5, redemptions: 4 })).toBeNull();
    expect(refusal({ maxRedemptions: 5, redemptions: 5 })).toBe('used_up');
  });

  it('takes amounts off prices in its own currency alone', () => {
    expect(refusal({ percentOff: null, amountOff: { amount: 500, currency: 'USD' } })).toBe('other_currency');
    expect(refusal({ percentOff: null, amountOff: { amount: 500, currency: 'EUR' } })).toBeNull();
  });

  it('takes off whole minor units, never less than nothing and never more than the price', () => {
    const off = fc.oneof(
      fc.record({ percentOff: fc.integer({ min: 1, max: 100 }), amountOff: fc.constant(null) }),
      fc.record({
        percentOff: fc.constant(null),
        amountOff: fc.record({ amount: fc.integer({ min: 1, max: 100_000_000 }), currency: fc.constant('EUR') }),
      }),
    );
    fc.assert(
      fc.property(off, fc.integer({ min: 1, max: 100_000_000 }), (some, amount) => {
        const discount = discountOf(some, { amount, currency: 'EUR' });
        expect(Number.isSafeInteger(discount)).toBe(true);
        expect(discount).toBeGreaterThanOrEqual(0);
        expect(discount).toBeLessThanOrEqual(amount);
        if (some.percentOff === 100) expect(discount).toBe(amount);
      }),
    );
  });
});
