import type { LessonHeading } from '@eduplatform/contracts/documents';
import type { LessonSection } from '@eduplatform/contracts/search-index';
import { bareAddress, plainText, type Token } from './parser.ts';

/** Splits a text at its headings, as plain text for search. `headings` are those of the same tokens. */
export function sectionsOf(tokens: Token[], headings: LessonHeading[]): LessonSection[] {
  const sections: { heading: string; anchor: string; parts: string[] }[] = [{ heading: '', anchor: '', parts: [] }];
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const heading = headings[sections.length - 1];
      sections.push({ heading: heading?.text ?? '', anchor: heading?.anchor ?? '', parts: [] });
    } else if (isText(tokens, index)) {
      sections.at(-1)?.parts.push(token.type === 'inline' ? plainText(token) : token.content);
    }
  }
  return sections
    .map(({ heading, anchor, parts }) => ({ heading, anchor, text: parts.join('\n').replace(/\s+/g, ' ').trim() }))
    .filter(({ heading, text }) => heading !== '' || text !== '');
}

function isText(tokens: Token[], index: number): boolean {
  const type = tokens[index]?.type;
  if (type === 'fence' || type === 'code_block') return true;
  if (type !== 'inline') return false;
  return tokens[index - 1]?.type !== 'heading_open' && bareAddress(tokens, index - 1) === null;
}
