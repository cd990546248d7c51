import type { Token } from '../text/tokenize.ts';
import { cropBounds } from './crop.ts';
import type { TextMatch } from './matching-words.ts';

export interface FormatOptions {
  highlight: boolean;
  /** Words to keep; null: all. */
  crop: number | null;
}

export interface Markers {
  preTag: string;
  postTag: string;
  cropMarker: string;
}

/** Puts the tags around the matches and cuts the text. */
export function formatText(
  text: string,
  tokens: readonly Token[],
  matches: readonly TextMatch[],
  { highlight, crop }: FormatOptions,
  { preTag, postTag, cropMarker }: Markers,
): string {
  const [from, to] = crop === null || crop === 0 ? [0, text.length] : cropBounds(text, tokens, matches, crop);
  let result = from > 0 ? cropMarker : '';
  let at = from;
  for (const match of highlight ? matches : []) {
    if (match.start < from || match.start >= to) continue;
    const end = Math.min(match.end, to);
    result += `${text.slice(at, match.start)}${preTag}${text.slice(match.start, end)}${postTag}`;
    at = end;
  }
  return result + text.slice(at, to) + (to < text.length ? cropMarker : '');
}
