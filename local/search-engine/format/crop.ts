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

interface Interval {
  first: number;
  last: number;
  /** Different words of the query, closeness of the matches, matches in the order of the query. */
  score: readonly [number, number, number];
}

const MAX_DISTANCE = 7;

function scoreOf(matches: readonly TextMatch[], first: number, last: number): Interval['score'] {
  const places = new Set<number>();
  let closeness = 0;
  let inOrder = 0;
  for (let at = first; at <= last; at += 1) {
    const [match, next] = [matches[at], at < last ? matches[at + 1] : undefined];
    if (match === undefined) break;
    for (const place of match.places) places.add(place);
    closeness -= match.lastToken - match.firstToken;
    inOrder += match.lastToken - match.firstToken;
    if (next === undefined) continue;
    if (Math.min(...next.places) > Math.min(...match.places)) inOrder += 1;
    closeness -= Math.min(MAX_DISTANCE, next.firstToken - match.lastToken);
  }
  return [places.size, closeness, inOrder];
}

const isBetter = (left: Interval['score'], right: Interval['score']): boolean => {
  const at = left.findIndex((value, index) => value !== right[index]);
  return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0);
};

/** Of the longest runs of matches that fit into the crop, the one with the best score, first in the text. */
export function bestInterval(matches: readonly TextMatch[], length: number): [TextMatch, TextMatch] | undefined {
  let best: Interval | undefined;
  let end = -1;
  for (const [first, match] of matches.entries()) {
    let last = first;
    while ((matches[last + 1]?.lastToken ?? Infinity) - match.firstToken < length) last += 1;
    if (last === end) continue;
    end = last;
    const score = scoreOf(matches, first, last);
    if (best === undefined || isBetter(score, best.score)) best = { first, last, score };
  }
  const [first, last] = [matches[best?.first ?? -1], matches[best?.last ?? -1]];
  return first === undefined || last === undefined ? undefined : [first, last];
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
