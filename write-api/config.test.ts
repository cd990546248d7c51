import { expect, it } from 'vitest';
import { paymentProviderOf } from './config.ts';

it('takes no money in production unless it is told who does', () => {
  expect(paymentProviderOf({ EDU_MODE: 'demo' })).toBe('mock');
  expect(paymentProviderOf({ EDU_MODE: 'production' })).toBe('none');
  expect(paymentProviderOf({ EDU_MODE: 'production', PAYMENT_PROVIDER: 'mock' })).toBe('mock');
  expect(paymentProviderOf({ EDU_MODE: 'demo', PAYMENT_PROVIDER: 'none' })).toBe('none');
});
