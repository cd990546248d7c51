import { normalize } from './normalize.ts';

/** A word of a text: where it stands (UTF-16 offsets), its folded form and its position among the words. */
export interface Token {
  start: number;
  end: number;
  word: string;
  /** Word count from the start; a sentence end or comma adds 7 more, so that neighbors across it are not "near". */
  position: number;
}

export interface TokenizerOptions {
  /** Characters that count as part of words although they are punctuation. */
  nonSeparatorTokens: readonly string[];
  /** Character sequences that end a word although they are letters or symbols. */
  separatorTokens: readonly string[];
}

export interface Tokenizer {
  tokenize(text: string): Token[];
}

/** What a hard separator adds to the position of the next word. */
export const HARD_SEPARATOR_DISTANCE = 8;

const HARD = /[!;?¡§¶¿…‼‽。、]|[.,](?=\s)|\0/u;

const escapeForClass = (text: string): string => text.replace(/[\\\]^-]/g, '\\$&');
const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function wordPattern(options: TokenizerOptions): RegExp {
  const joined = options.nonSeparatorTokens.map(escapeForClass).join('');
  const base = joined === '' ? '[^\\p{P}\\p{Sm}\\p{Z}\\p{Cc}`]' : `(?:[^\\p{P}\\p{Sm}\\p{Z}\\p{Cc}\`]|[${joined}])`;
  if (options.separatorTokens.length === 0) return new RegExp(`${base}+`, 'gu');
  const breaks = options.separatorTokens.map(escapeForPattern).join('|');
  return new RegExp(`(?:(?!${breaks})${base})+`, 'gu');
}

/** Splits Unicode text into words: at punctuation, symbols and white space. */
export function createTokenizer(options: TokenizerOptions): Tokenizer {
  const pattern = wordPattern(options);
  return {
    tokenize(text) {
      const tokens: Token[] = [];
      let position = 0;
      let previousEnd = -1;
      for (const match of text.matchAll(pattern)) {
        const hard = previousEnd >= 0 && HARD.test(text.slice(previousEnd, match.index));
        if (previousEnd >= 0) position += hard ? HARD_SEPARATOR_DISTANCE : 1;
        previousEnd = match.index + match[0].length;
        tokens.push({ start: match.index, end: previousEnd, word: normalize(match[0]), position });
      }
      return tokens;
    },
  };
}

export const defaultTokenizer = createTokenizer({ nonSeparatorTokens: [], separatorTokens: [] });
