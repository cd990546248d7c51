import { describe, expect, it } from 'vitest';
import { TEST_CARDS } from '@eduplatform/contracts/test-cards';
import { cardProblems, passesLuhn, summaryOf } from './card.ts';

const now = new Date('2026-11-23T10:00:00Z');
const card = { number: '4242 4242 4242 4242', expiryMonth: 11, expiryYear: 2026, cvc: '123' };
const codes = (changes: Partial<typeof card>, at = now) =>
  cardProblems({ ...card, ...changes }, at).map(({ code }) => code);

describe('a card', () => {
  it.each(TEST_CARDS)('$number has a right check digit', ({ number }) => {
    expect(passesLuhn(number.replaceAll(' ', ''))).toBe(true);
  });

  it('is known by brand and last four digits', () => {
    expect(summaryOf(card)).toEqual({ brand: 'visa', last4: '4242' });
    expect(summaryOf({ number: '5555555555554444' })).toEqual({ brand: 'mastercard', last4: '4444' });
    expect(summaryOf({ number: '9999999999999995' }).brand).toBe('card');
  });

  it('works until the end of its month, also where that comes last', () => {
    expect(codes({}, new Date('2026-12-01T11:59:59Z'))).toEqual([]);
    expect(codes({}, new Date('2026-12-01T12:00:00Z'))).toEqual(['card_expired']);
  });

  it('with one wrong digit, two changed digits or too few is no card', () => {
    for (const number of ['4242424242424241', '4242424242422442', '42424242424', '4242']) {
      expect(codes({ number })).toEqual(['card_number']);
    }
  });

  it('needs the security code of its brand', () => {
    expect(codes({ cvc: '1234' })).toEqual(['card_cvc']);
    expect(codes({ number: '378282246310005', cvc: '1234' })).toEqual([]);
  });
});
