import { describe, expect, it } from 'vitest';
import { copyText } from './copy.ts';

describe('a value for COPY', () => {
  it.each([
    [null, '\\N'],
    ['\\N', '\\\\N'],
    ['a\tb\nc\rd\\', 'a\\tb\\nc\\rd\\\\'],
    [true, 'true'],
    [5, '5'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [['a "quoted" b', 'c\\d'], '{"a \\\\"quoted\\\\" b","c\\\\\\\\d"}'],
    [[], '{}'],
  ])('%j is written as %s', (value, expected) => {
    expect(copyText(value)).toBe(expected);
  });
});
