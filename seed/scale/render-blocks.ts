import type { Rendered } from '@eduplatform/write-api/courses/revision';
import { renderMarkdown, type RenderedMarkdown } from '@eduplatform/write-api/markdown/render';

const BLOCK_BREAK = '\n\n';

/**
 * Renders texts that consist of blocks which many of them share: each block once. The result is that of renderMarkdown for
 * texts without anything that spans blank lines (fenced code, loose lists, link definitions).
 */
export function createBlockRenderer(): Rendered {
  const known = new Map<string, RenderedMarkdown>();
  const render = (block: string): RenderedMarkdown => {
    const found = known.get(block) ?? renderMarkdown(block);
    known.set(block, found);
    return found;
  };
  return (markdown) => {
    const blocks = markdown.trimEnd().split(BLOCK_BREAK).map(render);
    const headings = blocks.flatMap((block) => block.headings);
    // The same heading twice gets numbered anchors, which depend on the whole text.
    const isUnique = new Set(headings.map(({ anchor }) => anchor)).size === headings.length;
    return isUnique ? joined(blocks, headings) : renderMarkdown(markdown);
  };
}

function joined(blocks: RenderedMarkdown[], headings: RenderedMarkdown['headings']): RenderedMarkdown {
  const sections: RenderedMarkdown['sections'] = [];
  for (const section of blocks.flatMap((block) => block.sections)) {
    const last = sections.at(-1);
    if (section.heading !== '' || !last) sections.push({ ...section });
    else last.text = last.text === '' ? section.text : `${last.text} ${section.text}`;
  }
  return {
    html: blocks.map(({ html }) => html).join(''),
    headings,
    sections,
    hasVideo: blocks.some(({ hasVideo }) => hasVideo),
    text: sections
      .flatMap(({ heading, text }) => [heading, text])
      .filter(Boolean)
      .join('\n'),
  };
}
