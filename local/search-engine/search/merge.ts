import { MeiliError } from '../errors.ts';
import type { SearchIndex } from '../index/search-index.ts';
import type { MergeKey, RankedDocument } from './order.ts';
import { compareValues } from './sort.ts';

/** The documents that one query of a federated search found, best first. */
export interface RankedList {
  index: SearchIndex;
  position: number;
  weight: number;
  ranked: RankedDocument[];
}

export interface Merged<L extends RankedList> {
  found: RankedDocument;
  from: L;
}

const wouldBe = ({ ascending }: { ascending: boolean }): string => (ascending ? 'ascending' : 'descending');

/** Lists can be merged only when what they are sorted by runs in the same direction. */
function checkDirections(lists: readonly RankedList[]): void {
  const [first, ...others] = lists.flatMap(({ position, ranked: [best] }) =>
    best === undefined ? [] : [{ position, sorts: best.keys.filter((key) => key.kind === 'sort') }],
  );
  for (const other of others) {
    for (const [at, sort] of (first?.sorts ?? []).entries()) {
      const theirs = other.sorts[at];
      if (theirs === undefined || theirs.ascending === sort.ascending) continue;
      throw new MeiliError(
        'invalid_multi_search_query_ranking_rules',
        `Inside \`.queries[${other.position}]\`: The results of queries #${first?.position ?? 0} and #${other.position} are incompatible: one is sorted in ${wouldBe(sort)}, the other in ${wouldBe(theirs)} order\n  - cannot compare two sort rules in opposite directions`,
      );
    }
  }
}

function compareKey(mine: MergeKey, myWeight: number, theirs: MergeKey, theirWeight: number): number {
  if (mine.kind === 'score' && theirs.kind === 'score') return theirs.score * theirWeight - mine.score * myWeight;
  if (mine.kind === 'sort' && theirs.kind === 'sort') return compareValues(mine.values, theirs.values, mine.ascending);
  return mine.kind === 'score' ? -1 : 1;
}

function compareKeys(
  left: readonly MergeKey[],
  leftWeight: number,
  right: readonly MergeKey[],
  rightWeight: number,
): number {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [mine, theirs] = [left[at], right[at]];
    if (mine === undefined || theirs === undefined) return mine === undefined ? 1 : -1;
    const difference = compareKey(mine, leftWeight, theirs, rightWeight);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Merges lists without changing the order within one; a document found twice counts once, where it ranks best. */
export function mergeLists<L extends RankedList>(lists: readonly L[]): Merged<L>[] {
  checkDirections(lists);
  const seen = new Map<SearchIndex, Set<number>>();
  const next = lists.map(() => 0);
  const merged: Merged<L>[] = [];
  for (;;) {
    let best: { at: number; from: L; found: RankedDocument } | undefined;
    for (const [at, from] of lists.entries()) {
      const found = from.ranked[next[at] ?? 0];
      if (found === undefined) continue;
      if (best === undefined || compareKeys(found.keys, from.weight, best.found.keys, best.from.weight) < 0) {
        best = { at, from, found };
      }
    }
    if (best === undefined) return merged;
    const { at, from, found } = best;
    next[at] = (next[at] ?? 0) + 1;
    const known = seen.get(from.index) ?? new Set();
    seen.set(from.index, known);
    if (known.has(found.document.number)) continue;
    known.add(found.document.number);
    merged.push({ found, from });
  }
}
