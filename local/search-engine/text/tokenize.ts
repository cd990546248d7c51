import { normalize } from './normalize.ts';
import { scanWords, wordCharacters } from './word-characters.ts';

/** A word of a text: where it stands (UTF-16 offsets), its folded form and its position among the words. */
export interface Token {
  start: number;
  end: number;
  word: string;
  /** Word count from the start; a sentence end or comma adds 7 more, so that neighbors across it are not "near". */
  position: number;
}

export interface TokenizerOptions {
  /** Separator characters that count as parts of words. */
  nonSeparatorTokens: readonly string[];
  /** Texts that end a word although they consist of letters or symbols. */
  separatorTokens: readonly string[];
}

export interface Tokenizer {
  tokenize(text: string): Token[];
}

/** What a hard separator adds to the position of the next word. */
export const HARD_SEPARATOR_DISTANCE = 8;

const HARD = /[!;?¡§¶¿…‼‽。、]|[.,]\s|\0/u;

const isHard = (separator: string): boolean => separator.length > 0 && separator !== ' ' && HARD.test(separator);

/** Blanks out the texts that separate, keeping all offsets. */
function blankOut(text: string, separators: readonly string[]): string {
  return separators.reduce((result, separator) => result.replaceAll(separator, ' '.repeat(separator.length)), text);
}

/** Splits Unicode text into words: at punctuation, symbols and white space. */
export function createTokenizer({ nonSeparatorTokens, separatorTokens }: TokenizerOptions): Tokenizer {
  const isWord = wordCharacters(nonSeparatorTokens);
  const separators = separatorTokens.filter((separator) => separator !== '');
  return {
    tokenize(text) {
      const tokens: Token[] = [];
      const scanned = separators.length === 0 ? text : blankOut(text, separators);
      let position = 0;
      let previousEnd = -1;
      scanWords(scanned, isWord, (start, end) => {
        if (previousEnd >= 0) position += isHard(scanned.slice(previousEnd, start)) ? HARD_SEPARATOR_DISTANCE : 1;
        previousEnd = end;
        tokens.push({ start, end, word: normalize(text.slice(start, end)), position });
      });
      return tokens;
    },
  };
}

export const defaultTokenizer = createTokenizer({ nonSeparatorTokens: [], separatorTokens: [] });
