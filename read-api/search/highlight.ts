import { randomBytes } from 'node:crypto';

/**
 * What the search engine puts around matches. Nobody outside can guess it, so that no text in a document can pass for
 * a highlight; it becomes `<mark>` only after everything else has been escaped.
 */
export interface HighlightTags {
  pre: string;
  post: string;
}

export function createHighlightTags(): HighlightTags {
  const secret = randomBytes(12).toString('hex');
  return { pre: `[${secret}<`, post: `>${secret}]` };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** Escaped HTML whose only elements are `<mark>` around the highlights. */
export function markedHtml(text: string, { pre, post }: HighlightTags): string {
  const [before = '', ...rest] = text.split(pre);
  const marked = rest.map((part) => {
    const [match = '', ...after] = part.split(post);
    return `<mark>${escapeHtml(match)}</mark>${escapeHtml(after.join(''))}`;
  });
  return escapeHtml(before.replaceAll(post, '')) + marked.join('');
}

/** The text as it is in the document. */
export const withoutTags = (text: string, { pre, post }: HighlightTags): string =>
  text.replaceAll(pre, '').replaceAll(post, '');

/** The highlighted words, in lower case. */
export const highlightedWords = (text: string, { pre, post }: HighlightTags): string[] =>
  text
    .split(pre)
    .slice(1)
    .map((part) => (part.split(post)[0] ?? '').toLowerCase());
