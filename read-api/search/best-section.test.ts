import { describe, expect, it } from 'vitest';
import { bestSection } from './best-section.ts';

const tags = { pre: '[', post: ']' };
const section = (heading: string, text: string) => ({ heading, text, anchor: heading.toLowerCase() });

describe('the best section', () => {
  it('is the one with the most different words, not the one that repeats one', () => {
    const sections = [section('A', '[salt] [salt] [salt]'), section('B', '[salt] and [flour]'), section('C', 'none')];
    expect(bestSection(sections, tags)?.heading).toBe('B');
  });

  it('is the first of equals, and its heading counts', () => {
    expect(bestSection([section('A', '[salt]'), section('B', '[salt]')], tags)?.heading).toBe('A');
    expect(bestSection([section('A', '[salt]'), section('[Flour]', '[salt]')], tags)?.heading).toBe('[Flour]');
  });

  it('is none where nothing matches', () => {
    expect(bestSection([section('A', 'text')], tags)).toBeNull();
  });
});
