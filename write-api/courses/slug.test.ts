import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Slug } from '@eduplatform/contracts/primitives';
import { Value } from '@sinclair/typebox/value';
import { assertSlugAllowed, freeSlug, isReservedSlug, slugFromTitle } from './slug.ts';

describe('a slug', () => {
  it.each([
    ['Sourdough at home', 'sourdough-at-home'],
    ['Ночное небо: ёжик и щука', 'nochnoe-nebo-yozhik-i-shchuka'],
    ['Crème brûlée, l’art', 'creme-brulee-lart'],
    ['C', 'c-course'],
    ['Search', 'search-course'],
    ['日本語', 'untitled-course'],
    ['0190b1a5-7c4e-7e1a-9a3b-0123456789ab', '0190b1a5-7c4e-7e1a-9a3b-0123456789ab-course'],
  ])('of %s is %s', (title, slug) => {
    expect(slugFromTitle(title)).toBe(slug);
  });

  it('of any title is valid, not reserved, and leaves room for a number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.integer({ min: 2, max: 99_999 }), (title, n) => {
        const slug = slugFromTitle(title);
        expect(Value.Check(Slug, `${slug}-${n}`)).toBe(true);
        expect(Value.Check(Slug, slug)).toBe(true);
        expect(isReservedSlug(slug)).toBe(false);
      }),
    );
  });

  it('is cut at the end of a word', () => {
    expect(slugFromTitle('abcdefghi '.repeat(12))).toBe(Array(7).fill('abcdefghi').join('-'));
  });

  it('that is taken gets the first free number', () => {
    expect(freeSlug('bread', new Set(['bread-2']))).toBe('bread');
    expect(freeSlug('bread', new Set(['bread', 'bread-2', 'bread-4']))).toBe('bread-3');
  });

  it.each(['search', 'studio', '0190b1a5-7c4e-7e1a-9a3b-0123456789ab'])('may not be %s', (slug) => {
    expect(() => assertSlugAllowed(slug)).toThrow(expect.objectContaining({ code: 'slug_reserved' }));
  });
});
