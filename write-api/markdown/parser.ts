import markdownIt, { type MarkdownIt, type Token } from 'markdown-it';

export type { Token };

/** Reads Markdown as it is rendered: HTML is text, bare http(s) addresses are links. */
export function createRenderer(): MarkdownIt {
  const markdown = markdownIt({ html: false, linkify: true });
  // Only what is written out as an address: "readme.md" and "me@example.com" stay text.
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  markdown.linkify.add('ftp:', null).add('//', null).add('mailto:', null);
  return markdown;
}

/** Reads Markdown as its writer may have meant it: HTML and links of any kind become tokens, so that they can be named. */
export function createInspector(): MarkdownIt {
  const markdown = markdownIt({ html: true, linkify: false });
  markdown.validateLink = () => true;
  return markdown;
}

/** The text of an inline token without its marks; images give their alternative text. */
export function plainText(inline: Token | undefined): string {
  return (inline?.children ?? [])
    .map((child) => {
      if (child.type === 'softbreak' || child.type === 'hardbreak') return ' ';
      return child.type === 'image' ? plainText(child) : child.content;
    })
    .join('');
}

/** The address in a top-level paragraph that holds nothing else, which asks for an embed; null for other tokens. */
export function bareAddress(tokens: Token[], index: number): string | null {
  const opening = tokens[index];
  const inline = tokens[index + 1];
  if (opening?.type !== 'paragraph_open' || opening.level !== 0 || inline?.type !== 'inline') return null;
  const text = inline.content.trim();
  return /^https?:\/\/\S+$/i.test(text) ? text : null;
}
