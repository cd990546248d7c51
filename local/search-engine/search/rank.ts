import type { AttributeWords } from '../index/text-index.ts';
import type { Matches } from './matches.ts';
import type { Occurrence } from './occurrences.ts';
import { countedMask } from './strategy.ts';

/** One ranking rule's verdict: `rank` of `max`, more is better. */
export interface Rank {
  rank: number;
  max: number;
}

export type TextRule = 'words' | 'typo' | 'proximity' | 'attributeRank' | 'wordPosition' | 'attribute' | 'exactness';

export const TEXT_RULES: ReadonlySet<string> = new Set<TextRule>([
  'words',
  'typo',
  'proximity',
  'attributeRank',
  'wordPosition',
  'attribute',
  'exactness',
]);

const MAX_PAIR_DISTANCE = 8;
const POSITION_BUCKETS = 16;

/** Which of the terms count for a document: those not given up by the matching strategy. */
function countedTerms(matches: Matches, found: readonly Occurrence[][]): number[] {
  const mask = found.reduce((bits, list, term) => (list.length > 0 ? bits | (1 << term) : bits), 0);
  const counted = countedMask(mask, matches.requirement);
  return found.flatMap((_, term) => ((counted & (1 << term)) === 0 ? [] : [term]));
}

/** Smallest distance between an occurrence of one term and one of the next; backwards costs one more. */
function pairDistance(left: readonly Occurrence[], right: readonly Occurrence[]): number {
  let best = MAX_PAIR_DISTANCE;
  let start = 0;
  for (const from of left) {
    for (let at = start; at < right.length; at += 1) {
      const to = right[at];
      if (to === undefined) break;
      if (to.attribute < from.attribute || (to.attribute === from.attribute && to.position + best < from.position)) {
        start = at + 1;
        continue;
      }
      if (to.attribute > from.attribute || to.position - from.position > best) break;
      const difference = to.position - from.position;
      best = Math.min(best, difference > 0 ? difference : Math.max(1, 1 - difference));
      if (best === 1) return best;
    }
  }
  return best;
}

const positionBucket = (position: number): number =>
  Math.min(POSITION_BUCKETS - 1, position < 8 ? position : 5 + Math.floor(Math.log2(position)));

/** Does a whole attribute equal the query (3), begin with it (2), or neither (1)? */
function exactAttribute(document: readonly AttributeWords[], counted: readonly (readonly Occurrence[])[]): number {
  let best = 1;
  for (const { attribute, words } of document) {
    const inOrder = counted.every((list, place) =>
      list.some((found) => found.exact && found.attribute === attribute && found.position === place),
    );
    if (inOrder) best = Math.max(best, words.length === counted.length ? 3 : 2);
    if (best === 3) break;
  }
  return best;
}

/** What every text rule says of one document. */
export class DocumentRanks {
  readonly #matches: Matches;
  readonly #document: readonly AttributeWords[];
  readonly #attributeCount: number;
  readonly #best: Occurrence[][];
  readonly #typos: number;

  constructor(matches: Matches, document: readonly AttributeWords[], attributeCount: number) {
    this.#matches = matches;
    this.#document = document;
    this.#attributeCount = Math.max(1, attributeCount);
    const found = matches.finder.find(document);
    let total = 0;
    this.#best = countedTerms(matches, found).map((term) => {
      const list = found[term] ?? [];
      const fewest = list.reduce((least, { typos }) => Math.min(least, typos), 9);
      total += fewest === 9 ? 0 : fewest;
      return list.filter(({ typos }) => typos === fewest);
    });
    this.#typos = total;
  }

  rank(rule: TextRule): Rank[] {
    const terms = this.#best.length;
    switch (rule) {
      case 'words':
        return [{ rank: terms, max: this.#matches.terms.length }];
      case 'typo': {
        const max = this.#matches.terms.reduce((sum, { maxTypos }) => sum + maxTypos, 0) + 1;
        return [{ rank: Math.max(1, max - this.#typos), max }];
      }
      case 'proximity':
        return [this.#proximity()];
      case 'attributeRank':
        return [this.#attributeRank()];
      case 'wordPosition':
        return [this.#wordPosition()];
      case 'attribute':
        return [this.#attributeRank(), this.#wordPosition()];
      case 'exactness': {
        const exact = this.#best.filter((list) => list.some((found) => found.exact)).length;
        return [
          { rank: exactAttribute(this.#document, this.#best), max: 3 },
          { rank: exact + 1, max: this.#matches.terms.length + 1 },
        ];
      }
    }
  }

  #proximity(): Rank {
    let cost = 0;
    for (let at = 0; at + 1 < this.#best.length; at += 1) {
      cost += pairDistance(this.#best[at] ?? [], this.#best[at + 1] ?? []) - 1;
    }
    const max = Math.max(0, this.#best.length - 1) * (MAX_PAIR_DISTANCE - 1) + 1;
    return { rank: max - cost, max };
  }

  #attributeRank(): Rank {
    const worst = this.#attributeCount - 1;
    let cost = 0;
    for (const list of this.#best) cost += list.reduce((least, { attribute }) => Math.min(least, attribute), worst);
    const max = worst * this.#best.length + 1;
    return { rank: max - cost, max };
  }

  #wordPosition(): Rank {
    let cost = 0;
    for (const list of this.#best) {
      let best = POSITION_BUCKETS - 1;
      for (const { position } of list) best = Math.min(best, positionBucket(position));
      cost += best;
    }
    const max = (POSITION_BUCKETS - 1) * this.#best.length + 1;
    return { rank: max - cost, max };
  }
}

/** One number in 0..1 from the verdicts of all rules, earlier ones weighing more. */
export function rankingScore(ranks: readonly Rank[]): number {
  let rank = 1;
  let max = 1;
  for (const part of ranks) {
    rank = (rank - 1) * part.max + part.rank;
    max *= part.max;
  }
  return rank / max;
}
