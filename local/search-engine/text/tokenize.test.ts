import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalize, originalLength } from './normalize.ts';
import { createTokenizer, defaultTokenizer } from './tokenize.ts';

const words = (text: string): string[] => defaultTokenizer.tokenize(text).map(({ word }) => word);

describe('tokenize', () => {
  test.each<[string, string[]]>([
    [
      'The quick (brown) fox can’t jump 32.3 feet',
      ['the', 'quick', 'brown', 'fox', 'can', 't', 'jump', '32', '3', 'feet'],
    ],
    ['kebab-case snake_case camelCase', ['kebab', 'case', 'snake', 'case', 'camelcase']],
    ['Берёзовый сок — ёлка', ['березовый', 'сок', 'елка']],
    ['Crème BRÛLÉE, Straße', ['creme', 'brulee', 'strasse']],
    ['й и И Й', ['й', 'и', 'и', 'й']],
    ['C++ и C#', ['c', 'и', 'c']],
    ['', []],
    ['… — !', []],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test('words of different sentences are far apart', () => {
    expect(defaultTokenizer.tokenize('one two. Three, four').map(({ position }) => position)).toEqual([0, 1, 9, 17]);
  });

  test('separators can be made parts of words, and texts separators', () => {
    const tokenizer = createTokenizer({ nonSeparatorTokens: ['#', '+'], separatorTokens: ['|br|'] });
    expect(tokenizer.tokenize('C# and C++|br|next').map(({ word }) => word)).toEqual(['c#', 'and', 'c++', 'next']);
  });

  test('tokens are in order, apart, and spell the text between them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let end = 0;
        for (const token of defaultTokenizer.tokenize(text)) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(token.end).toBeGreaterThan(token.start);
          expect(normalize(text.slice(token.start, token.end))).toBe(token.word);
          ({ end } = token);
        }
      }),
    );
  });
});

describe('normalize', () => {
  test('once is enough', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(normalize(normalize(text))).toBe(normalize(text));
      }),
    );
  });
});

describe('originalLength', () => {
  test.each<[string, number, number]>([
    ['crème', 3, 3],
    ['cre\u0300me', 3, 4],
    ['Straße', 5, 5],
    ['Ёлка', 2, 2],
    ['word', 9, 4],
  ])('%s: %i folded letters', (word, folded, expected) => {
    expect(originalLength(word, folded)).toBe(expected);
  });
});
