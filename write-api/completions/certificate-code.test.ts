import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificateCode } from './certificate-code.ts';

describe('a certificate’s code', () => {
  it('says 80 bits in Crockford’s base32', () => {
    expect(certificateCode(new Uint8Array(10))).toBe('0000000000000000');
    expect(certificateCode(new Uint8Array(10).fill(255))).toBe('ZZZZZZZZZZZZZZZZ');
    expect(certificateCode(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 33))).toBe('0000000000000011');
  });

  it('differs for different bits', () => {
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        expect(certificateCode(one)).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
        expect(certificateCode(one) === certificateCode(other)).toBe(Buffer.compare(one, other) === 0);
      }),
    );
  });

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 100 }, () => certificateCode())).size).toBe(100);
  });
});
