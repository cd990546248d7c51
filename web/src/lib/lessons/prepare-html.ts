/**
 * Puts a link to itself at the end of every heading that has an id. The HTML comes from the write API, which rendered
 * and sanitized it, so a heading is exactly `<hN id="…">`.
 */
export function linkHeadings(html: string, label: (heading: string) => string): string {
  return html.replace(/<h([2-4])([^>]*\sid="([^"]+)"[^>]*)>([\s\S]*?)<\/h\1>/g, (_, level, attributes, id, content) => {
    const name = escapeAttribute(label(textOf(String(content))));
    const link = `<a class="heading-link" href="#${String(id)}" aria-label="${name}">#</a>`;
    return `<h${String(level)}${String(attributes)}>${String(content)}${link}</h${String(level)}>`;
  });
}

const textOf = (html: string): string => html.replace(/<[^>]*>/g, '').trim();

/** The text is escaped already, except for quotes, which only matter inside an attribute. */
const escapeAttribute = (text: string): string => text.replace(/"/g, '&quot;');

/** Code and tables may be wider than the page; only what has the focus can be scrolled by keyboard. */
export const focusableBlocks = (html: string): string => html.replace(/<(pre|table)(?=[\s>])/g, '<$1 tabindex="0"');
