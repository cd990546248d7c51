import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMarkdown } from './checks.ts';

const codes = (source: string): string[] => checkMarkdown(source).map(({ code }) => code);

describe('Markdown checks', () => {
  it.each([
    ['<script>alert(1)</script>'],
    ['<script'],
    ['some <b>bold</b> text'],
    ['<!-- a comment -->'],
    ['> quoted <img src=x onerror=alert(1)>'],
    ['| a |\n|---|\n| <i>x</i> |'],
    ['![<b>](https://example.com/a.png)'],
  ])('refuse HTML: %s', (source) => {
    expect(new Set(codes(source))).toEqual(new Set(['html_not_allowed']));
  });

  it.each([
    ['[x](javascript:alert(1))'],
    ['[x](JAVASCRIPT:alert(1))'],
    ['[x](java&#10;script:alert(1))'],
    ['[x](<java\tscript:alert(1)>)'],
    ['[x](javascript&colon;alert(1))'],
    ['<javascript:alert(1)>'],
    ['[x](vbscript:x)'],
    ['[x](data:text/html,hello)'],
    ['![x](data:image/png;base64,AAAA)'],
    ['![x](mailto:a@example.com)'],
    ['[x][ref]\n\n[ref]: javascript:alert(1)'],
    ['[x](file:///etc/passwd)'],
  ])('refuse links: %s', (source) => {
    expect(codes(source)).toEqual(['link_not_allowed']);
  });

  it.each([
    ['https://evil.example/watch?v=aaaaaaaaaaa'],
    ['https://www.youtube.com.evil.example/watch?v=aaaaaaaaaaa'],
    ['https://www.youtube.com@evil.example/watch?v=aaaaaaaaaaa'],
    ['https://user@youtu.be/aaaaaaaaaaa'],
    ['https://youtu.be:8443/aaaaaaaaaaa'],
    ['https://m.youtube.com/watch?v=aaaaaaaaaaa'],
    ['https://www.youtube.com/@channel'],
    ['https://[/x'],
  ])('refuse embeds: %s', (source) => {
    expect(codes(source)).toEqual(['embed_not_allowed']);
  });

  it.each([
    ['`<script>` and `javascript:alert(1)`'],
    ['```html\n<script>alert(1)</script>\n\nhttps://evil.example/\n```'],
    ['    <script>indented code</script>'],
    ['1 < 2 and 3 > 2, A<->B'],
    ['[a](https://example.com) [b](/courses/x) [c](#part) [d](mailto:a@example.com) <https://example.com>'],
    ['see https://example.com for more'],
    ['- https://example.com\n- https://example.org'],
    ['https://www.youtube.com/watch?v=aaaaaaaaaaa'],
    ['http://vimeo.com/123456'],
    ['\\<b> is not bold'],
    [''],
  ])('take %s', (source) => {
    expect(codes(source)).toEqual([]);
  });

  it('name the line, and how to do it instead', () => {
    expect(checkMarkdown('# One\n\ntwo\nthree <b>\n\nhttps://evil.example/v\n')).toEqual([
      { code: 'html_not_allowed', line: 4, message: expect.stringContaining('<b> is HTML') },
      { code: 'embed_not_allowed', line: 6, message: expect.stringContaining('evil.example cannot be embedded') },
    ]);
  });

  it('take any text that is inside a fence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(codes(`\`\`\`\`\`\n${text.replaceAll('`', '')}\n\`\`\`\`\``)).toEqual([]);
      }),
    );
  });
});
