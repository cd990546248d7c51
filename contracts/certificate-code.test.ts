import { describe, expect, it } from 'vitest';
import { normalizeCertificateCode } from './certificate-code.ts';

describe('a certificate code', () => {
  it.each(['7Q2M-0XK1-93T1', '7q2m0xk193t1', ' 7Q2M 0XK1 93T1 ', '7q2m-oxki-93tl', '7Q2M–OXKL–93TI'])(
    'is understood however it is typed: %s',
    (typed) => {
      expect(normalizeCertificateCode(typed)).toBe('7Q2M0XK193T1');
    },
  );

  it('is nothing when there is nothing in it', () => {
    expect(normalizeCertificateCode(' - ')).toBe('');
  });
});
