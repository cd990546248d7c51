import type { DerivedTerm } from './derive.ts';

export type MatchingStrategy = 'last' | 'all' | 'frequency';

/** Which terms a document may lack, and in which order they are given up. */
export interface Requirement {
  /** Terms as bit masks, in the order in which they are given up. */
  removable: number[];
  termCount: number;
}

const frequency = (term: DerivedTerm): number =>
  term.words.reduce((sum, { term: word }) => sum + word.documents.length, 0) || Number.MAX_SAFE_INTEGER;

/** The most frequent terms go first, unknown ones before them; equally frequent ones go together. */
function byFrequency(terms: readonly DerivedTerm[], words: readonly number[]): number[] {
  const groups = new Map<number, number>();
  for (const index of words) {
    const term = terms[index];
    if (term === undefined) continue;
    groups.set(frequency(term), (groups.get(frequency(term)) ?? 0) | (1 << index));
  }
  return [...groups].sort(([left], [right]) => right - left).map(([, mask]) => mask);
}

/** Phrases are never given up; without one, what would go last stays. */
export function requirement(terms: readonly DerivedTerm[], strategy: MatchingStrategy): Requirement {
  const termCount = terms.length;
  if (strategy === 'all') return { removable: [], termCount };
  const words = terms.flatMap((term, index) => (term.source.kind === 'word' ? [index] : []));
  const removable = strategy === 'last' ? words.toReversed().map((index) => 1 << index) : byFrequency(terms, words);
  if (words.length === termCount) removable.pop();
  return { removable, termCount };
}

const countBits = (mask: number): number => {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
};

/** Terms (a bit mask) that count for a document that holds the terms of `mask`; 0 when it does not match. */
export function countedMask(mask: number, { removable, termCount }: Requirement): number {
  let required = (1 << termCount) - 1;
  if ((required & ~mask) === 0) return required;
  for (const given of removable) {
    required &= ~given;
    if ((required & ~mask) === 0) return required;
  }
  return 0;
}

/** How many terms count for a document that holds the terms of `mask`; 0 when it does not match. */
export const matchedTerms = (mask: number, requirement: Requirement): number =>
  countBits(countedMask(mask, requirement));
