import type { LessonHeading } from '@eduplatform/contracts/documents';
import { plainText, type Token } from './parser.ts';

const MAX_ANCHOR = 80;

/** The fragment of a heading: its letters and digits of any script, with hyphens between. */
export function anchorOf(text: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+/, '');
  const cut = [...words].slice(0, MAX_ANCHOR).join('').replace(/-+$/, '');
  return cut || 'section';
}

/** Anchors for headings in their order, each one once: `steps`, `steps-2`, `steps-3` …; later headings never change earlier anchors. */
export function uniqueAnchors(texts: string[]): string[] {
  const used = new Set<string>();
  // Where the search for a free number goes on: starting over each time would be quadratic.
  const nextNumbers = new Map<string, number>();
  return texts.map((text) => {
    const base = anchorOf(text);
    let number = nextNumbers.get(base) ?? 1;
    let anchor = numbered(base, number);
    while (used.has(anchor)) anchor = numbered(base, (number += 1));
    nextNumbers.set(base, number + 1);
    used.add(anchor);
    return anchor;
  });
}

const numbered = (base: string, number: number): string => (number === 1 ? base : `${base}-${number}`);

/**
 * Gives the headings among the tokens their anchors, and returns them. A page has one first-level heading, its title,
 * so the highest level in a text is the second.
 */
export function markHeadings(tokens: Token[]): LessonHeading[] {
  const openings = tokens.flatMap((token, index) => (token.type === 'heading_open' ? [{ token, index }] : []));
  const texts = openings.map(({ index }) => plainText(tokens[index + 1]).trim());
  const anchors = uniqueAnchors(texts);
  return openings.map(({ token, index }, number) => {
    const level = Math.max(2, Number(token.tag.slice(1)));
    const anchor = anchors[number] ?? '';
    token.tag = `h${level}`;
    token.attrSet('id', anchor);
    const closing = tokens[index + 2];
    if (closing) closing.tag = token.tag;
    return { level, text: texts[number] ?? '', anchor };
  });
}
