import { describe, expect, it } from 'vitest';
import { detailLines } from './audit.ts';

describe('details of the log', () => {
  it('are lines in the order in which they were asked for', () => {
    expect(detailLines({ reason: 'spam', hue: 70, name: { en: 'A', ru: 'Б' }, link: undefined, text: '' })).toEqual([
      'reason: spam',
      'hue: 70',
      'name: {"en":"A","ru":"Б"}',
    ]);
  });

  it('are nothing where nothing was asked for', () => {
    expect(detailLines({})).toEqual([]);
  });
});
