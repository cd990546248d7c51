import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatPosition,
  isPosition,
  maxPosition,
  parsePosition,
  ZERO_POSITION,
  type PositionParts,
} from './positions.ts';

const parts = fc.record({
  history: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  transactionId: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  position: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String),
});

/** The order of the stream, computed with numbers that lose nothing. */
function compare(a: PositionParts, b: PositionParts): number {
  const left = [BigInt(a.history), BigInt(a.transactionId), BigInt(a.position)];
  const right = [BigInt(b.history), BigInt(b.transactionId), BigInt(b.position)];
  const index = left.findIndex((value, i) => value !== right[i]);
  return index < 0 ? 0 : (left[index] ?? 0n) < (right[index] ?? 0n) ? -1 : 1;
}

describe('a position', () => {
  it('compares as text in the order of history, transaction id and position', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const [left, right] = [formatPosition(a), formatPosition(b)];
        expect(left < right ? -1 : left > right ? 1 : 0).toBe(compare(a, b));
      }),
    );
  });

  it('keeps every digit', () => {
    fc.assert(
      fc.property(parts, (given) => {
        expect(parsePosition(formatPosition(given))).toEqual(given);
      }),
    );
  });

  it('merges by maximum', () => {
    const later = formatPosition({ history: 1, transactionId: '5', position: '9' });
    expect(maxPosition(ZERO_POSITION, later)).toBe(later);
  });

  it.each(['', '1-2-3', 'x'.repeat(51), `${ZERO_POSITION}0`, ` ${ZERO_POSITION}`])('refuses %j', (text) => {
    expect(isPosition(text)).toBe(false);
    expect(() => parsePosition(text)).toThrow(RangeError);
  });

  it('refuses parts that do not fit', () => {
    expect(() => formatPosition({ history: 1, transactionId: '-1', position: '0' })).toThrow(RangeError);
    expect(() => formatPosition({ history: 10 ** 10, transactionId: '1', position: '0' })).toThrow(RangeError);
  });
});
