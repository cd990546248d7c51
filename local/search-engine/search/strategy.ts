import type { DerivedTerm } from './derive.ts';

export type MatchingStrategy = 'last' | 'all' | 'frequency';

/** Which terms a document may lack, and in which order they are given up. */
export interface Requirement {
  /** Terms in the order in which they are given up. */
  removable: number[];
  termCount: number;
}

const frequency = (term: DerivedTerm): number =>
  term.words.reduce((sum, { term: word }) => sum + word.documents.size, 0);

/** Phrases are never given up; without one, the term that would go last stays. */
export function requirement(terms: readonly DerivedTerm[], strategy: MatchingStrategy): Requirement {
  const words = terms.flatMap((term, index) => (term.source.kind === 'word' ? [index] : []));
  if (strategy === 'all') return { removable: [], termCount: terms.length };
  const order = words.toReversed();
  if (strategy === 'frequency') {
    const frequencies = terms.map(frequency);
    order.sort((left, right) => (frequencies[right] ?? 0) - (frequencies[left] ?? 0));
  }
  if (words.length === terms.length) order.pop();
  return { removable: order, termCount: terms.length };
}

/** How many terms count for a document that holds the terms of `mask`; 0 when it does not match. */
export function matchedTerms(mask: number, { removable, termCount }: Requirement): number {
  let missing = ((1 << termCount) - 1) & ~mask;
  if (missing === 0) return termCount;
  for (const [index, term] of removable.entries()) {
    missing &= ~(1 << term);
    if (missing === 0) return termCount - index - 1;
  }
  return 0;
}
