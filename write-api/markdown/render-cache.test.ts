import { expect, it } from 'vitest';
import { renderCached } from './render-cache.ts';
import { renderMarkdown } from './render.ts';

it('renders a text once', () => {
  const first = renderCached('# Once');
  const second = renderCached('# Once');
  expect(first).toEqual({ rendered: renderMarkdown('# Once'), wasCached: false });
  expect(second.wasCached).toBe(true);
  expect(second.rendered).toBe(first.rendered);
});

it('forgets the least recently used when it is full', () => {
  const long = (letter: string): string => letter.repeat(1_500_000);
  renderCached('kept');
  renderCached(long('a'));
  renderCached(long('b'));
  renderCached('kept');
  renderCached(long('c'));
  expect(renderCached('kept').wasCached).toBe(true);
  expect(renderCached(long('a')).wasCached).toBe(false);
});
