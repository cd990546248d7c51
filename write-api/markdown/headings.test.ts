import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorOf, uniqueAnchors } from './headings.ts';

describe('anchors', () => {
  it.each([
    ['What is a move?', 'what-is-a-move'],
    ['Первый шаг: «тесто»', 'первый-шаг-тесто'],
    ['C++ & Rust', 'c-rust'],
    ['Йод', 'йод'],
    ['???', 'section'],
    ['', 'section'],
  ])('of %j', (text, anchor) => {
    expect(anchorOf(text)).toBe(anchor);
  });

  it('number what repeats, and never collide with a numbered heading', () => {
    expect(uniqueAnchors(['Steps', 'Steps', 'Steps 2', 'Steps'])).toEqual(['steps', 'steps-2', 'steps-2-2', 'steps-3']);
  });

  it('are found for a hundred thousand headings that are all alike', () => {
    const anchors = uniqueAnchors(Array.from({ length: 100_000 }, () => 'Steps'));
    expect(anchors.at(-1)).toBe('steps-100000');
    expect(new Set(anchors).size).toBe(100_000);
  });

  const heading = fc.oneof(fc.constantFrom('a', 'A', 'a 2', 'a-2-2', 'б', ''), fc.string({ unit: 'grapheme' }));

  it('are unique, fit for a fragment, and do not change when a heading is added below', () => {
    fc.assert(
      fc.property(fc.array(heading), heading, (texts, added) => {
        const anchors = uniqueAnchors(texts);
        expect(new Set(anchors).size).toBe(texts.length);
        for (const anchor of anchors) expect(anchor).toMatch(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}-]*$/u);
        expect(uniqueAnchors([...texts, added]).slice(0, -1)).toEqual(anchors);
      }),
    );
  });
});
