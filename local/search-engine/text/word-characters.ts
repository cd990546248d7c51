/** Which characters belong to words: everything but punctuation, mathematical symbols, white space and controls. */

const SEPARATOR = /[\p{P}\p{Sm}\p{Z}\p{Cc}`]/u;
/** Latin, Greek and Cyrillic are looked up in a table; the rest is asked of the regular expression. */
const TABLE_SIZE = 0x600;

export type IsWordCharacter = (codePoint: number) => boolean;

/** Answers a fast test; `alsoWords` are separators that are to count as parts of words. */
export function wordCharacters(alsoWords: readonly string[]): IsWordCharacter {
  const exceptions = new Set(alsoWords.map((text) => text.codePointAt(0)));
  const test: IsWordCharacter = (codePoint) =>
    exceptions.has(codePoint) || !SEPARATOR.test(String.fromCodePoint(codePoint));
  const table = Uint8Array.from({ length: TABLE_SIZE }, (_, codePoint) => Number(test(codePoint)));
  return (codePoint) => (codePoint < TABLE_SIZE ? table[codePoint] === 1 : test(codePoint));
}

/** Calls back with the start and end of every word. */
export function scanWords(text: string, isWord: IsWordCharacter, found: (start: number, end: number) => void): void {
  let start = -1;
  let at = 0;
  while (at < text.length) {
    const codePoint = text.codePointAt(at) ?? 0;
    if (isWord(codePoint)) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      found(start, at);
      start = -1;
    }
    at += codePoint > 0xffff ? 2 : 1;
  }
  if (start >= 0) found(start, text.length);
}
