import { describe, expect, it } from 'vitest';
import { couponState, lastDayOf, parseCoupon, parseCouponLimits, type CouponFields } from './coupon.ts';

const typed: CouponFields = {
  code: 'spring-20',
  courseId: '',
  unit: 'percent',
  off: '20',
  maxRedemptions: '',
  lastDay: '',
};

describe('a coupon that was typed', () => {
  it('takes a percentage off any course, without limits', () => {
    expect(parseCoupon(typed)).toEqual({
      body: { code: 'SPRING-20', courseId: null, percentOff: 20, maxRedemptions: null, expiresAt: null },
    });
  });

  it('takes an amount off one course, so many times, to the end of a day', () => {
    const fields = { ...typed, courseId: 'c', unit: 'EUR', off: '5,50', maxRedemptions: '10', lastDay: '2027-02-28' };
    expect(parseCoupon(fields)).toEqual({
      body: {
        code: 'SPRING-20',
        courseId: 'c',
        amountOff: { amount: 550, currency: 'EUR' },
        maxRedemptions: 10,
        expiresAt: '2027-02-28T23:59:59.000Z',
      },
    });
  });

  it.each([
    [{ code: 'a b' }, ['code']],
    [{ off: '' }, ['off']],
    [{ off: '101' }, ['off']],
    [{ off: '12.5' }, ['off']],
    [{ unit: 'USD', off: '0' }, ['off']],
    [{ unit: 'USD', off: 'five' }, ['off']],
    [{ unit: 'USD', off: '-5' }, ['off']],
    [{ unit: '<b>' }, ['off']],
    [{ maxRedemptions: '0' }, ['maxRedemptions']],
    [{ maxRedemptions: 'many' }, ['maxRedemptions']],
    [{ lastDay: '2027-02-31x' }, ['expiresAt']],
    [{ code: '', lastDay: 'soon' }, ['code', 'expiresAt']],
  ])('names the fields that cannot be read: %j', (fields, wrong) => {
    expect(parseCoupon({ ...typed, ...fields })).toEqual({ wrong });
  });

  it('never takes a limit that cannot be read for none', () => {
    expect(parseCouponLimits({ maxRedemptions: 'ten', lastDay: '' })).toEqual({ wrong: ['maxRedemptions'] });
    expect(parseCouponLimits({ maxRedemptions: '', lastDay: '' })).toEqual({
      body: { maxRedemptions: null, expiresAt: null },
    });
  });
});

describe('the state of a coupon', () => {
  const now = Date.parse('2027-01-01T00:00:00Z');
  const coupon = {
    isActive: true,
    startsAt: '2026-12-01T00:00:00Z',
    expiresAt: null,
    maxRedemptions: null,
    redemptions: 7,
  };

  it.each([
    [{}, 'active'],
    [{ isActive: false, expiresAt: '2026-12-02T00:00:00Z' }, 'inactive'],
    [{ startsAt: '2027-01-02T00:00:00Z' }, 'scheduled'],
    [{ expiresAt: '2027-01-01T00:00:00Z' }, 'expired'],
    [{ expiresAt: '2027-01-01T00:00:01Z' }, 'active'],
    [{ maxRedemptions: 8 }, 'active'],
    [{ maxRedemptions: 7 }, 'used_up'],
  ])('with %j is %s', (parts, state) => {
    expect(couponState({ ...coupon, ...parts }, now)).toBe(state);
  });

  it('ends on the day that its date field shows', () => {
    expect(lastDayOf('2027-02-28T23:59:59.000Z')).toBe('2027-02-28');
    expect(lastDayOf(null)).toBe('');
  });
});
