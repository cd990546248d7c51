import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHighlightTags, highlightedWords, markedHtml, withoutTags } from './highlight.ts';

const tags = createHighlightTags();
const marked = (text: string): string => `${tags.pre}${text}${tags.post}`;

describe('highlights', () => {
  it('become marks, and everything else is escaped', () => {
    expect(markedHtml(`a <b> ${marked('<script>')} & "c"`, tags)).toBe(
      'a &lt;b&gt; <mark>&lt;script&gt;</mark> &amp; &quot;c&quot;',
    );
  });

  it('never let a document write an element of its own', () => {
    const text = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('<mark>', '</mark>', '<img onerror=x>', tags.pre, tags.post)),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const html = markedHtml(parts.join(''), tags);
        expect(html.replaceAll('<mark>', '').replaceAll('</mark>', '')).not.toMatch(/[<>"']/);
        expect(html.split('<mark>').length).toBe(html.split('</mark>').length);
      }),
    );
  });

  it('cannot be guessed, and differ between processes', () => {
    expect(createHighlightTags()).not.toEqual(tags);
    expect(tags.pre.length).toBeGreaterThanOrEqual(24);
  });

  it('can be taken out again, and read', () => {
    const text = `Turn ${marked('Flour')} into ${marked('bread')}`;
    expect(withoutTags(text, tags)).toBe('Turn Flour into bread');
    expect(highlightedWords(text, tags)).toEqual(['flour', 'bread']);
  });
});
