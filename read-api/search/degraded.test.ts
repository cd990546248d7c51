import { describe, expect, it } from 'vitest';
import { wordsOf } from './degraded.ts';

describe('the words of a query', () => {
  it('are those worth looking for', () => {
    expect(wordsOf('How to BAKE a “Café” loaf')).toEqual(['how', 'bake', 'café', 'loaf']);
    expect(wordsOf('Го на C++')).toEqual(['го', 'на', 'c']);
    expect(wordsOf(' ?! ')).toEqual([]);
  });
});
