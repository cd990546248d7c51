import { describe, expect, it } from 'vitest';
import { etagOf, matchesEtag } from './etag.ts';

describe('an entity tag', () => {
  it('is the same for the same bytes only', () => {
    expect(etagOf(Buffer.from('a'))).toBe(etagOf(Buffer.from('a')));
    expect(etagOf(Buffer.from('a'))).not.toBe(etagOf(Buffer.from('b')));
    expect(etagOf(Buffer.from('a'))).toMatch(/^"[\w-]{27}"$/);
  });

  it.each([
    [undefined, false],
    ['"other"', false],
    ['"tag"', true],
    ['W/"tag"', true],
    ['"other", W/"tag"', true],
    ['*', true],
    ['tag', false],
  ])('is matched by If-None-Match %s: %s', (header, expected) => {
    expect(matchesEtag(header, '"tag"')).toBe(expected);
  });
});
