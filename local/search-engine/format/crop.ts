import type { Token } from '../text/tokenize.ts';
import type { TextMatch } from './matching-words.ts';

/** Where a text is cut so that a given number of words around the best matches remains. */

interface Piece {
  start: number;
  end: number;
  kind: 'word' | 'soft' | 'hard';
}

const SEPARATOR = /[.,]\s|[^]/gu;
const HARD = /^(?:[.,]\s|[!;?¡§¶¿…‼‽。、])$/u;

function pieces(text: string, tokens: readonly Token[]): { list: Piece[]; ofToken: number[] } {
  const list: Piece[] = [];
  const ofToken: number[] = [];
  let at = 0;
  const separators = (until: number): void => {
    for (const match of text.slice(at, until).matchAll(SEPARATOR)) {
      const start = at + match.index;
      list.push({ start, end: start + match[0].length, kind: HARD.test(match[0]) ? 'hard' : 'soft' });
    }
  };
  for (const token of tokens) {
    separators(token.start);
    ofToken.push(list.push({ start: token.start, end: token.end, kind: 'word' }) - 1);
    at = token.end;
  }
  separators(text.length);
  return { list, ofToken };
}

/** The run of matches that fits into the crop with the most different terms, closest together, first in the text. */
export function bestInterval(matches: readonly TextMatch[], length: number): [TextMatch, TextMatch] | undefined {
  let best: { first: TextMatch; last: TextMatch; terms: number; span: number } | undefined;
  for (const [at, first] of matches.entries()) {
    const terms = new Set<number>();
    for (const last of matches.slice(at)) {
      const span = last.lastToken - first.firstToken + 1;
      if (span > length && last !== first) break;
      terms.add(last.term);
      const better = best === undefined || terms.size > best.terms || (terms.size === best.terms && span < best.span);
      if (better) best = { first, last, terms: terms.size, span };
    }
  }
  return best === undefined ? undefined : [best.first, best.last];
}

/** Grows a window of pieces in both directions, preferring not to cross the end of a sentence, until it holds enough words. */
function grow(list: readonly Piece[], from: number, to: number, words: number): [number, number] {
  let [left, right, missing] = [from, to, words];
  while (missing > 0) {
    const [before, after] = [list[left - 1], list[right]];
    if (before === undefined && after === undefined) break;
    if (before === undefined || after === undefined) {
      if ((before ?? after)?.kind === 'word') missing -= 1;
      if (before === undefined) right += 1;
      else left -= 1;
    } else if (before.kind === 'word') {
      left -= 1;
      missing -= 1;
      if (after.kind === 'word' && missing > 0) {
        right += 1;
        missing -= 1;
      }
    } else if (after.kind === 'word') {
      right += 1;
      missing -= 1;
    } else if (before.kind === after.kind) {
      left -= 1;
      if (missing > 1) right += 1;
    } else if (before.kind === 'hard') {
      right += 1;
    } else {
      left -= 1;
    }
  }
  return [left, right];
}

/** The part of the text that remains, as UTF-16 offsets. */
export function cropBounds(
  text: string,
  tokens: readonly Token[],
  matches: readonly TextMatch[],
  length: number,
): [number, number] {
  const { list, ofToken } = pieces(text, tokens);
  const interval = bestInterval(matches, length);
  const firstToken = interval?.[0].firstToken ?? 0;
  const lastToken = interval === undefined ? -1 : Math.min(interval[1].lastToken, firstToken + length - 1);
  const from = interval === undefined ? 0 : (ofToken[firstToken] ?? 0);
  const to = interval === undefined ? 0 : (ofToken[lastToken] ?? 0) + 1;
  const [left, right] = grow(list, from, to, length - (lastToken - firstToken + 1));
  return [list[left - 1]?.end ?? 0, list[right]?.start ?? text.length];
}
