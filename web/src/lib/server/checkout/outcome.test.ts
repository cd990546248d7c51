import { describe, expect, it } from 'vitest';
import { ApiError } from '../problem.ts';
import { outcomeOf } from './outcome.ts';

describe('a payment that was not taken', () => {
  it('is a new one after a decline, with its reason where that is known', () => {
    expect(outcomeOf(new ApiError('write', 402, 'payment_declined'))).toEqual({
      code: 'payment_declined',
      keepsKey: false,
    });
    const problem = { type: '', title: '', status: 402, code: 'payment_declined', declineCode: 'insufficient_funds' };
    expect(outcomeOf(new ApiError('write', 402, 'payment_declined', { problem })).code).toBe('insufficient_funds');
  });

  it('stays the same one while nobody knows what became of it', () => {
    for (const [status, code] of [
      [504, 'api_timeout'],
      [503, 'api_unreachable'],
      [500, 'internal_error'],
      [409, 'idempotency_conflict'],
    ] as const) {
      expect(outcomeOf(new ApiError('write', status, code))).toEqual({ code: 'no_answer', keepsKey: true });
    }
  });

  it('is a new one where it is certain that nothing was charged', () => {
    expect(outcomeOf(new ApiError('write', 503, 'payments_unavailable')).keepsKey).toBe(false);
    expect(outcomeOf(new ApiError('write', 422, 'coupon_not_valid')).keepsKey).toBe(false);
    expect(outcomeOf(new ApiError('write', 422, 'idempotency_mismatch')).keepsKey).toBe(false);
  });
});
