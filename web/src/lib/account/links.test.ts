import { describe, expect, it } from 'vitest';
import { linksOf } from './links.ts';

describe('links of an application', () => {
  it('leave out empty fields and repetitions', () => {
    expect(linksOf(['https://a.example/x', '', '  ', ' https://a.example/x '])).toEqual(['https://a.example/x']);
  });

  it('may be typed without their scheme', () => {
    expect(linksOf(['a.example/work'])).toEqual(['https://a.example/work']);
  });

  it.each([
    'javascript:alert(1)',
    'mailto:a@b.example',
    'ftp://a.example',
    'http://a.example',
    'localhost',
    'two words',
    'https://me@a.example',
  ])('are refused when they lead to no web page: %s', (link) => {
    expect(linksOf(['https://a.example', link])).toBeNull();
  });

  it('are refused when they are far too long', () => {
    expect(linksOf([`https://a.example/${'x'.repeat(600)}`])).toBeNull();
  });
});
