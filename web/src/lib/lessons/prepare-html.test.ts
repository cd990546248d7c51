import { describe, expect, it } from 'vitest';
import { focusableBlocks, linkHeadings } from './prepare-html.ts';

const label = (heading: string) => `Link to “${heading}”`;

describe('heading links', () => {
  it('end every heading that has an id', () => {
    expect(linkHeadings('<h2 id="a">One</h2><p>x</p><h3 id="b">Two</h3>', label)).toBe(
      '<h2 id="a">One<a class="heading-link" href="#a" aria-label="Link to “One”">#</a></h2><p>x</p>' +
        '<h3 id="b">Two<a class="heading-link" href="#b" aria-label="Link to “Two”">#</a></h3>',
    );
  });

  it('name the heading without its markup, safe inside an attribute', () => {
    const html = linkHeadings('<h2 id="a">The <code>"Rc"</code> type</h2>', label);
    expect(html).toContain('aria-label="Link to “The &quot;Rc&quot; type”"');
  });

  it('leave a heading without an id as it is', () => {
    expect(linkHeadings('<h2>One</h2>', label)).toBe('<h2>One</h2>');
  });

  it('keep dollar signs of a heading', () => {
    expect(linkHeadings('<h2 id="a">$1 and $&</h2>', label)).toContain('>$1 and $&<a');
  });
});

describe('code', () => {
  it('can be scrolled by keyboard', () => {
    expect(focusableBlocks('<pre><code>x</code></pre><pre class="a">y</pre><preface>')).toBe(
      '<pre tabindex="0"><code>x</code></pre><pre tabindex="0" class="a">y</pre><preface>',
    );
  });
});
