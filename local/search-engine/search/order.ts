import type { FacetValues } from '../index/facet-values.ts';
import type { SearchIndex, StoredDocument } from '../index/search-index.ts';
import type { Matches } from './matches.ts';
import { DocumentRanks, rankingScore, TEXT_RULES, type Rank, type TextRule } from './rank.ts';
import { compareBy, parseSortRule, type SortRule } from './sort.ts';

export interface RankedDocument {
  document: StoredDocument;
  /** 0..1; 1 when there was nothing to rank by or no score was asked for. */
  score: number;
  /** What the list is ordered by, for merging it with others; empty unless scores were asked for. */
  keys: MergeKey[];
}

export interface OrderOptions {
  /** How many of the best must be in full order; the rest may follow in any order. */
  wanted: number;
  withScores: boolean;
}

/** The score of a run of text rules, or a value that is sorted by. */
export type MergeKey = { kind: 'score'; score: number } | { kind: 'sort'; values: FacetValues; ascending: boolean };

type Rule = { kind: 'text'; rule: TextRule } | { kind: 'field'; rule: SortRule };

function rulesOf(index: SearchIndex, sort: readonly SortRule[]): Rule[] {
  return index.settings.rankingRules.flatMap((name): Rule[] => {
    if (TEXT_RULES.has(name)) return [{ kind: 'text', rule: name as TextRule }];
    if (name === 'sort') return sort.map((rule) => ({ kind: 'field', rule }));
    const rule = parseSortRule(name);
    return rule === undefined ? [] : [{ kind: 'field', rule }];
  });
}

interface Entry extends RankedDocument {
  /** Ranks of the text rules, one list per rule, in the order of the rules. */
  ranks: Rank[][];
}

function compareEntries(index: SearchIndex, rules: readonly Rule[], left: Entry, right: Entry): number {
  let text = 0;
  for (const rule of rules) {
    if (rule.kind === 'field') {
      const difference = compareBy(index, rule.rule, left.document, right.document);
      if (difference !== 0) return difference;
      continue;
    }
    const [mine, theirs] = [left.ranks[text] ?? [], right.ranks[text] ?? []];
    text += 1;
    for (const [at, { rank }] of mine.entries()) {
      const difference = (theirs[at]?.rank ?? 0) - rank;
      if (difference !== 0) return difference;
    }
  }
  return left.document.number - right.document.number;
}

function mergeKeys(
  index: SearchIndex,
  rules: readonly Rule[],
  document: StoredDocument,
  ranks: readonly Rank[][],
): MergeKey[] {
  const keys: MergeKey[] = [];
  let run: Rank[] = [];
  let text = 0;
  const endRun = (): void => {
    if (run.length > 0) keys.push({ kind: 'score', score: rankingScore(run) });
    run = [];
  };
  for (const rule of rules) {
    if (rule.kind === 'text') {
      run.push(...(ranks[text++] ?? []));
      continue;
    }
    endRun();
    const { attribute, ascending } = rule.rule;
    keys.push({ kind: 'sort', values: index.facets(document, attribute), ascending });
  }
  endRun();
  return keys;
}

/** Parts the documents that hold the most terms, at least `wanted` of them, from the rest. */
function splitBuckets(
  documents: readonly StoredDocument[],
  matches: Matches,
  wanted: number,
): [StoredDocument[], StoredDocument[]] {
  const buckets: StoredDocument[][] = Array.from({ length: matches.terms.length + 1 }, () => []);
  for (const document of documents) buckets[matches.documents.get(document.number) ?? 0]?.push(document);
  const near: StoredDocument[] = [];
  const far: StoredDocument[] = [];
  for (const bucket of buckets.toReversed()) (near.length < wanted ? near : far).push(...bucket);
  return [near, far];
}

/** Orders documents by the index's ranking rules; ties keep the order of arrival. */
export function orderDocuments(
  index: SearchIndex,
  documents: readonly StoredDocument[],
  matches: Matches | null,
  sort: readonly SortRule[],
  { wanted, withScores }: OrderOptions,
): RankedDocument[] {
  const hasText = matches !== null && matches.terms.length > 0;
  const rules = rulesOf(index, sort).filter(({ kind }) => kind === 'field' || hasText);
  if (wanted === 0 && !withScores) return documents.map((document) => ({ document, score: 1, keys: [] }));
  const [first] = rules;
  const byWords = hasText && !withScores && first?.kind === 'text' && first.rule === 'words';
  const [near, far] = byWords ? splitBuckets(documents, matches, wanted) : [documents, []];
  const textRules = rules.flatMap((rule) => (rule.kind === 'text' ? [rule.rule] : []));
  const entries = near.map((document): Entry => {
    if (!hasText) {
      const keys = withScores ? mergeKeys(index, rules, document, []) : [];
      return { document, score: 1, ranks: [], keys };
    }
    const ranks = new DocumentRanks(matches, index.text.wordsOf(document.number), index.text.attributes.length);
    const verdicts = textRules.map((rule) => ranks.rank(rule));
    if (!withScores) return { document, score: 1, ranks: verdicts, keys: [] };
    const keys = mergeKeys(index, rules, document, verdicts);
    return { document, score: rankingScore(verdicts.flat()), ranks: verdicts, keys };
  });
  entries.sort((left, right) => compareEntries(index, rules, left, right));
  return [...entries, ...far.map((document) => ({ document, score: 1, keys: [] }))];
}
