import type { Token } from './parser.ts';

const KINDS: Record<string, string> = {
  note: 'note',
  tip: 'tip',
  important: 'important',
  warning: 'warning',
  caution: 'warning',
  заметка: 'note',
  примечание: 'note',
  совет: 'tip',
  важно: 'important',
  внимание: 'warning',
  осторожно: 'warning',
};

/** Gives quotations that begin with a bold `Note`, `Tip`, `Важно` … the classes `callout callout-<kind>`. */
export function markCallouts(tokens: Token[]): void {
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'blockquote_open' || tokens[index + 1]?.type !== 'paragraph_open') continue;
    const kind = KINDS[firstBoldWord(tokens[index + 2])];
    if (kind) token.attrSet('class', `callout callout-${kind}`);
  }
}

function firstBoldWord(inline: Token | undefined): string {
  const children = (inline?.children ?? []).filter(({ type, content }) => type !== 'text' || content !== '');
  const end = children.findIndex(({ type }) => type === 'strong_close');
  if (children[0]?.type !== 'strong_open' || !inline || end < 0) return '';
  const bold = children
    .slice(1, end)
    .map(({ content }) => content)
    .join('');
  return bold
    .replace(/[.:!]+$/, '')
    .trim()
    .toLowerCase();
}
