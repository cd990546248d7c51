import { renderMarkdown, type RenderedMarkdown } from './render.ts';

/** Characters of source that are kept rendered; a rendered text takes some three times its source. */
const MAX_CHARACTERS = 4_000_000;

const cache = new Map<string, RenderedMarkdown>();
let characters = 0;

/**
 * Renders Markdown, or answers what it became the last time. Publishing renders every text of a course, of which one
 * edit has changed one: the others come from here. The least recently used go first when it is full.
 */
export function renderCached(source: string): { rendered: RenderedMarkdown; wasCached: boolean } {
  const known = cache.get(source);
  const rendered = known ?? renderMarkdown(source);
  if (known) cache.delete(source);
  else characters += source.length;
  cache.set(source, rendered);
  for (const oldest of cache.keys()) {
    if (characters <= MAX_CHARACTERS) break;
    cache.delete(oldest);
    characters -= oldest.length;
  }
  return { rendered, wasCached: known !== undefined };
}
