/** Folding of words so that case, accents and ё/е make no difference. */

const PLAIN = /^[a-z0-9а-йк-я]*$/;
const MARKS = /(и\u0306)|\p{Mn}/gu;
const LIGATURES: Readonly<Record<string, string>> = { æ: 'ae', œ: 'oe', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

/** Folds one word: lower case, compatibility forms, no accents; й stays a letter of its own, ё becomes е. */
export function normalize(word: string): string {
  const lower = word.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  const folded = lower.normalize('NFKD').replace(MARKS, (_mark, short?: string) => (short === undefined ? '' : 'й'));
  return folded.toLowerCase().replace(/[æœßøłđı]/g, (letter) => LIGATURES[letter] ?? letter);
}

/** How many UTF-16 units of `original` make up the first `length` units of its folded form. */
export function originalLength(original: string, length: number): number {
  let folded = 0;
  let used = 0;
  for (const character of original) {
    if (folded >= length && !/^\p{Mn}$/u.test(character)) break;
    folded += normalize(character).length;
    used += character.length;
  }
  return used;
}
