import { describe, expect, it } from 'vitest';
import { segmentsOf } from './highlight.ts';

describe('highlighted text', () => {
  it('is taken apart at its marks', () => {
    expect(segmentsOf('the <mark>borrow</mark> checker')).toEqual([
      { text: 'the ', marked: false },
      { text: 'borrow', marked: true },
      { text: ' checker', marked: false },
    ]);
  });

  it('gives back the characters that were escaped', () => {
    expect(segmentsOf('Vec&lt;T&gt; &amp; &quot;Rc&quot; it&#39;s')).toEqual([
      { text: 'Vec<T> & "Rc" it\'s', marked: false },
    ]);
  });

  it('unescapes once', () => {
    expect(segmentsOf('&amp;lt;')).toEqual([{ text: '&lt;', marked: false }]);
  });

  it('keeps any other markup as text', () => {
    expect(segmentsOf('<script>alert(1)</script>')).toEqual([{ text: '<script>alert(1)</script>', marked: false }]);
  });
});
