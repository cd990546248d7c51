export const MAX_LINKS = 5;
const MAX_LENGTH = 500;

/**
 * Links as they were typed, without empty ones and repetitions; `example.com/work` becomes `https://example.com/work`.
 * Null when one of them is no https address of a web page.
 */
export function linksOf(typed: readonly string[]): string[] | null {
  const links = typed
    .map((text) => text.trim())
    .filter(Boolean)
    .map(toLink);
  return links.every((link) => link !== null) ? [...new Set(links)] : null;
}

function toLink(text: string): string | null {
  const address = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, href, username } = new URL(address);
  const isPage = protocol === 'https:' && hostname.includes('.') && username === '';
  return isPage && href.length <= MAX_LENGTH ? href : null;
}
