import { describe, expect, it } from 'vitest';
import { facetOptions } from './facet-options.ts';

const categories = [{ slug: 'programming' }, { slug: 'data' }];

describe('the values of a facet', () => {
  it('keep their natural order and leave out what no course has', () => {
    expect(facetOptions('level', { advanced: 2, beginner: 5 }, [], categories).map(({ value }) => value)).toEqual([
      'beginner',
      'advanced',
    ]);
  });

  it('keep a chosen value that no course has, so that it can be taken away', () => {
    expect(facetOptions('category', { data: 1 }, ['programming'], categories)).toEqual([
      { value: 'programming', count: 0 },
      { value: 'data', count: 1 },
    ]);
  });

  it('include a category that is not in the list yet', () => {
    expect(facetOptions('category', { chess: 1 }, [], categories).map(({ value }) => value)).toEqual(['chess']);
  });
});
