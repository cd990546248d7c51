import type { LessonSection } from '@eduplatform/contracts/search-index';
import { highlightedWords, type HighlightTags } from './highlight.ts';

/** The section that matches best: the most different words, then the most words, then the first; null when none matches. */
export function bestSection(sections: readonly LessonSection[], tags: HighlightTags): LessonSection | null {
  let best: { section: LessonSection; distinct: number; count: number } | null = null;
  for (const section of sections) {
    const words = [...highlightedWords(section.heading, tags), ...highlightedWords(section.text, tags)];
    const [distinct, count] = [new Set(words).size, words.length];
    const isBetter = !best || distinct > best.distinct || (distinct === best.distinct && count > best.count);
    if (count > 0 && isBetter) best = { section, distinct, count };
  }
  return best?.section ?? null;
}
