import { describe, expect, it } from 'vitest';
import { readCard } from './card-form.ts';

const now = new Date('2026-11-23T12:00:00Z');
function read(fields: Partial<Record<'number' | 'expiry' | 'cvc', string>>) {
  const form = new FormData();
  const whole = { number: '4242 4242 4242 4242', expiry: '12/28', cvc: '123', ...fields };
  for (const [name, value] of Object.entries(whole)) form.set(name, value);
  return readCard(form, now);
}

describe('the card of a form', () => {
  it('is read as people type it', () => {
    const card = { number: '4242424242424242', expiryMonth: 12, expiryYear: 2028, cvc: '123' };
    for (const expiry of ['12/28', '12 / 28', '1228', '12/2028', '12.28', '12-28']) {
      expect(read({ expiry })).toEqual({ card });
    }
    expect(read({ number: '4242-4242-4242-4242' })).toEqual({ card });
  });

  it('works until its last month is over', () => {
    expect(read({ expiry: '11/26' })).toHaveProperty('card');
    expect(read({ expiry: '10/26' })).toEqual({ wrong: ['expiry'] });
  });

  it('is refused by the field that cannot be right', () => {
    expect(read({ number: '4242 4242 4242 4241' })).toEqual({ wrong: ['number'] });
    expect(read({ number: '', expiry: '13/28', cvc: '12' })).toEqual({ wrong: ['number', 'expiry', 'cvc'] });
    expect(read({ expiry: 'soon' })).toEqual({ wrong: ['expiry'] });
  });
});
