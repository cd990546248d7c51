import { randomBytes } from 'node:crypto';

/** Crockford's base32: no letters that look like digits, none that spells words by accident. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_PER_CHARACTER = 5n;
const LENGTH = 16;
const BYTES = 10;

/** A certificate's public code: 80 random bits as 16 characters, which nobody guesses. */
export function certificateCode(random: Uint8Array = randomBytes(BYTES)): string {
  let bits = BigInt(`0x${Buffer.from(random).toString('hex')}`);
  let code = '';
  for (let place = 0; place < LENGTH; place += 1) {
    code = `${ALPHABET[Number(bits & 31n)]}${code}`;
    bits >>= BITS_PER_CHARACTER;
  }
  return code;
}
