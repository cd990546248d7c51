const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Matches a text wherever it stands. */
export const anywhere = (text: string): RegExp => new RegExp(literally(text), 'giu');

/** Matches words that begin with one of the stems; null where there are none. */
export const wordsWith = (stems: readonly string[]): RegExp | null =>
  stems.length === 0
    ? null
    : new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.map(literally).join('|')})[\\p{L}\\p{N}]*`, 'giu');

/** Escaped HTML with `<mark>` around what matches. */
export function marked(text: string, matches: RegExp | null): string {
  if (!matches) return escapeHtml(text);
  let html = '';
  let end = 0;
  for (const match of text.matchAll(matches)) {
    html += `${escapeHtml(text.slice(end, match.index))}<mark>${escapeHtml(match[0])}</mark>`;
    end = match.index + match[0].length;
  }
  return html + escapeHtml(text.slice(end));
}

/** Characters around a match in a snippet, some 30 words. */
const SNIPPET_LENGTH = 200;

/** A part of the text around the first match, or its beginning, marked; null for an empty text. */
export function snippetOf(text: string, matches: RegExp | null): string | null {
  if (text === '') return null;
  const at = matches ? Math.max(0, text.search(matches)) : 0;
  const from = startOfWord(text, Math.max(0, at - SNIPPET_LENGTH / 2));
  const to = startOfWord(text, Math.min(text.length, from + SNIPPET_LENGTH));
  return `${from > 0 ? '…' : ''}${marked(text.slice(from, to).trim(), matches)}${to < text.length ? '…' : ''}`;
}

/** The place behind the next white space, unless the text begins or ends there. */
function startOfWord(text: string, at: number): number {
  if (at === 0 || at === text.length) return at;
  const space = text.slice(at).search(/\s/);
  return space === -1 ? text.length : at + space + 1;
}
