import { describe, expect, it } from 'vitest';
import { mergePosition } from './cookies.ts';

const earlier = '0000000001-00000000000000000742-0000000000000000018';
const later = '0000000001-00000000000000001000-0000000000000000001';
const nextHistory = '0000000002-00000000000000000001-0000000000000000001';

describe('the position of a person’s last write', () => {
  it('is the first one when there was none', () => {
    expect(mergePosition(null, earlier)).toBe(earlier);
  });

  it('moves forward only', () => {
    expect(mergePosition(earlier, later)).toBe(later);
    expect(mergePosition(later, earlier)).toBe(later);
  });

  it('compares as text, so that a new history is later than all of the old one', () => {
    expect(mergePosition(later, nextHistory)).toBe(nextHistory);
  });
});
