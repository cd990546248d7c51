import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultTokenizer } from '../text/tokenize.ts';
import { formatText } from './format-text.ts';
import type { TextMatch } from './matching-words.ts';

const MARKERS = { preTag: '<', postTag: '>', cropMarker: '…' };
const TEXT = 'One two three. Four five six, seven eight nine ten; eleven twelve thirteen.';

/** Formats a text in which the given words match, each standing for a word of the query of its own. */
function format(text: string, words: string[], crop: number | null, highlight = true): string {
  const tokens = defaultTokenizer.tokenize(text);
  const matches = tokens.flatMap(({ word, start, end }, at): TextMatch[] =>
    words.includes(word) ? [{ start, end, firstToken: at, lastToken: at, places: [words.indexOf(word)] }] : [],
  );
  return formatText(text, tokens, matches, { highlight, crop }, MARKERS);
}

describe('formatText', () => {
  test('marks the matches and keeps the rest', () => {
    expect(format(TEXT, ['two', 'six'], null)).toBe(TEXT.replace('two', '<two>').replace('six', '<six>'));
  });
  test.each<[string[], number, string]>([
    [[], 3, 'One two three…'],
    [['seven'], 3, '…<seven> eight nine…'],
    [['two', 'twelve'], 4, 'One <two> three. Four…'],
    [['five', 'nine', 'ten'], 4, '…seven eight <nine> <ten>…'],
    [['thirteen'], 2, '…twelve <thirteen>…'],
    [['six'], 100, TEXT.replace('six', '<six>')],
  ])('around %j to %i words', (words, crop, expected) => {
    expect(format(TEXT, words, crop)).toBe(expected);
  });
  test('without highlight, what remains is a part of the text of the right length', () => {
    const word = fc.constantFrom('one', 'two', 'three', 'four');
    const separator = fc.constantFrom(' ', ', ', '. ', '; ', ' — ');
    const anyText = fc.array(fc.tuple(word, separator), { minLength: 1 }).map((parts) => parts.flat().join(''));
    fc.assert(
      fc.property(anyText, fc.array(word), fc.integer({ min: 1, max: 12 }), (text, words, crop) => {
        const result = format(text, words, crop, false);
        const kept = result.replace(/^…/, '').replace(/…$/, '');
        expect(text).toContain(kept);
        const total = defaultTokenizer.tokenize(text).length;
        expect(defaultTokenizer.tokenize(kept)).toHaveLength(Math.min(crop, total));
      }),
    );
  });
});
