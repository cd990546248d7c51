import type { LessonHeading } from '@eduplatform/contracts/documents';
import type { LessonSection } from '@eduplatform/contracts/search-index';
import { markCallouts } from './callouts.ts';
import { decideEmbed, type Embed } from './embeds.ts';
import { markHeadings } from './headings.ts';
import { bareAddress, createRenderer, type Token } from './parser.ts';
import { sanitize } from './sanitize.ts';
import { sectionsOf } from './sections.ts';

export interface RenderedMarkdown {
  html: string;
  headings: LessonHeading[];
  sections: LessonSection[];
  hasVideo: boolean;
  /** The whole text without marks. */
  text: string;
}

const renderer = createRenderer();
const { escapeHtml } = renderer.utils;

renderer.renderer.rules['embed'] = (tokens, index) => {
  const { src, title } = tokens[index]?.meta as unknown as Embed;
  return `<div class="embed"><iframe src="${escapeHtml(src)}" title="${escapeHtml(title)}" loading="lazy" \
allow="fullscreen; picture-in-picture; encrypted-media" allowfullscreen \
sandbox="allow-scripts allow-same-origin allow-presentation allow-popups" \
referrerpolicy="strict-origin-when-cross-origin"></iframe></div>\n`;
};

/** Renders Markdown to safe HTML, with what the read models need of it. */
export function renderMarkdown(source: string): RenderedMarkdown {
  const tokens = renderer.parse(source, {});
  const headings = markHeadings(tokens);
  const sections = sectionsOf(tokens, headings);
  markCallouts(tokens);
  const withEmbeds = placeEmbeds(tokens);
  return {
    html: sanitize(renderer.renderer.render(withEmbeds, renderer.options, {})),
    headings,
    sections,
    hasVideo: withEmbeds.some(({ type }) => type === 'embed'),
    text: sections
      .flatMap(({ heading, text }) => [heading, text])
      .filter(Boolean)
      .join('\n'),
  };
}

/** Puts a player in place of each paragraph that asks for one. An address that cannot be one stays a link. */
function placeEmbeds(tokens: Token[]): Token[] {
  const placed: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    const address = bareAddress(tokens, index);
    const decision = address === null ? null : decideEmbed(address);
    if (decision && 'embed' in decision) {
      placed.push(Object.assign(token, { type: 'embed', nesting: 0, meta: { ...decision.embed } }));
      // The address itself and the end of its paragraph.
      index += 2;
    } else placed.push(token);
  }
  return placed;
}
