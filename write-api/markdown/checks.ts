import { decideEmbed } from './embeds.ts';
import { bareAddress, createInspector, type Token } from './parser.ts';

export interface MarkdownIssue {
  code: 'html_not_allowed' | 'link_not_allowed' | 'embed_not_allowed';
  /** From 1. */
  line: number;
  message: string;
}

export const LINK_SCHEMES = ['http', 'https', 'mailto', 'tel'];
export const IMAGE_SCHEMES = ['http', 'https'];

const inspector = createInspector();

/** Everything in a Markdown text that we do not take, in its order. Code may contain anything. */
export function checkMarkdown(source: string): MarkdownIssue[] {
  const tokens = inspector.parse(source, {});
  return tokens.flatMap((token, index): MarkdownIssue[] => {
    const line = (token.map?.[0] ?? 0) + 1;
    if (token.type === 'html_block') return [htmlIssue(token.content, line)];
    if (token.type === 'inline') return checkInline(token, line);
    const address = bareAddress(tokens, index);
    const decision = address === null ? null : decideEmbed(address);
    return decision && 'refused' in decision ? [{ code: 'embed_not_allowed', line, message: decision.refused }] : [];
  });
}

function checkInline(inline: Token, firstLine: number): MarkdownIssue[] {
  let line = firstLine;
  const issues: MarkdownIssue[] = [];
  for (const child of inline.children ?? []) {
    if (child.type === 'softbreak' || child.type === 'hardbreak') line += 1;
    if (child.type === 'html_inline') issues.push(htmlIssue(child.content, line));
    if (child.type === 'link_open') issues.push(...checkAddress(child.attrGet('href'), LINK_SCHEMES, line));
    if (child.type === 'image') {
      issues.push(...checkAddress(child.attrGet('src'), IMAGE_SCHEMES, line), ...checkInline(child, line));
    }
    if (child.type !== 'text') line += child.content.split('\n').length - 1;
  }
  return issues;
}

function htmlIssue(content: string, line: number): MarkdownIssue {
  const tag = /<[^>\n]{0,40}>?/.exec(content)?.[0] ?? content.slice(0, 40);
  return {
    code: 'html_not_allowed',
    line,
    message: `${tag} is HTML, which is not allowed; to show it, write it as code between backticks`,
  };
}

/** Browsers drop white space and control characters in an address before they look at its scheme. */
const IGNORED = /[\u0000-\u0020]|%(?:[01][0-9a-f]|20)/gi;

function checkAddress(address: string | number | null, allowed: string[], line: number): MarkdownIssue[] {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(String(address ?? '').replace(IGNORED, ''))?.[1]?.toLowerCase();
  if (scheme === undefined || allowed.includes(scheme)) return [];
  const message = `addresses that begin with ${scheme}: are not allowed here; use ${allowed.join(', ')}`;
  return [{ code: 'link_not_allowed', line, message }];
}
