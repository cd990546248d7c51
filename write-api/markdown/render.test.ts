import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './render.ts';

const html = (source: string): string => renderMarkdown(source).html;

describe('rendered Markdown', () => {
  it('has headings with anchors, none above the second level', () => {
    const { html, headings } = renderMarkdown('# Первый\n\n### Then *this*\n\n# Первый');
    expect(html).toBe(
      '<h2 id="первый">Первый</h2>\n<h3 id="then-this">Then <em>this</em></h3>\n<h2 id="первый-2">Первый</h2>\n',
    );
    expect(headings).toEqual([
      { level: 2, text: 'Первый', anchor: 'первый' },
      { level: 3, text: 'Then this', anchor: 'then-this' },
      { level: 2, text: 'Первый', anchor: 'первый-2' },
    ]);
  });

  it('is split into sections of plain text', () => {
    const source =
      'Intro **bold**\nline.\n\n## Code & `<T>`\n\n```rust\nlet x;\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n## Empty';
    expect(renderMarkdown(source).sections).toEqual([
      { heading: '', anchor: '', text: 'Intro bold line.' },
      { heading: 'Code & <T>', anchor: 'code-t', text: 'let x; a b c d' },
      { heading: 'Empty', anchor: 'empty', text: '' },
    ]);
    expect(renderMarkdown(source).text).toBe('Intro bold line.\nCode & <T>\nlet x; a b c d\nEmpty');
  });

  it('shows a video in a sandboxed frame, and its address is not part of the text', () => {
    const { html, hasVideo, sections } = renderMarkdown('Watch:\n\nhttp://youtu.be/rAl-9HwD858\n\nDone.');
    expect(html).toContain('<iframe src="https://www.youtube-nocookie.com/embed/rAl-9HwD858" title="Video on YouTube"');
    expect(html).toMatch(/<iframe [^>]*loading="lazy"[^>]*sandbox="allow-scripts[^>]*><\/iframe>/);
    expect({ hasVideo, sections }).toEqual({
      hasVideo: true,
      sections: [{ heading: '', anchor: '', text: 'Watch: Done.' }],
    });
  });

  it('keeps the language of code, the alignment of tables and the kind of callouts', () => {
    expect(html('```ts\nlet x;\n```')).toContain('<code class="language-ts">');
    expect(html('| a |\n|--:|\n| 1 |')).toContain('<td style="text-align:right">1</td>');
    expect(html('> **Note** Careful.')).toContain('<blockquote class="callout callout-note">');
    expect(html('> **Важно:** осторожно.')).toContain('<blockquote class="callout callout-important">');
    expect(html('> **Nothing** special')).toContain('<blockquote>\n');
  });

  it('marks links that lead away', () => {
    expect(html('https://example.com/a')).toContain('<a href="https://example.com/a" rel="noopener nofollow ugc">');
    expect(html('[x](/courses/y) readme.md')).toBe('<p><a href="/courses/y">x</a> readme.md</p>\n');
  });

  it.each([
    ['<script>alert(1)</script>'],
    ['<img src=x onerror=alert(1)>'],
    ['[x](javascript:alert(1))'],
    ['![x](javascript:alert(1))'],
    ['```"><script>alert(1)</script>\nx\n```'],
    ['https://evil.example/"><script>alert(1)</script>'],
    ['# <b id="x">x</b>'],
  ])('of a text that was refused is harmless all the same: %s', (source) => {
    expect(dangerous(html(source))).toEqual([]);
  });

  it('is harmless whatever the source', () => {
    const parts = ['<', '>', '"', "'", '(', ')', '[x]', '!', '](', 'javascript:', 'data:', 'script', ' onload=', '`', '\n', '# ', '|',
      'https://youtu.be/', 'rAl-9HwD858', '&#10;', '&lt;', 'iframe src=', '\\', 'a']; // prettier-ignore
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 30 }), (pieces) => {
        expect(dangerous(html(pieces.join('')))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

/** Tags that a page must not get: unknown ones, handlers, addresses that run. */
function dangerous(html: string): string[] {
  const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
  return tags.filter(
    (tag) =>
      /^<(?:script|style|object|embed|form|svg)/i.test(tag) ||
      /\son\w+=/i.test(tag.replace(/"[^"]*"/g, '""')) ||
      /(?:href|src)="\s*(?:javascript|data|vbscript):/i.test(tag) ||
      (/^<iframe/i.test(tag) && !/src="https:\/\/(?:www\.youtube-nocookie|player\.vimeo)\.com\//.test(tag)),
  );
}
