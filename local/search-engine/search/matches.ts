import type { SearchIndex } from '../index/search-index.ts';
import { addJoined, deriveTerm, type DerivedTerm } from './derive.ts';
import { OccurrenceFinder } from './occurrences.ts';
import { parseQuery } from './query.ts';
import { matchedTerms, requirement, type MatchingStrategy, type Requirement } from './strategy.ts';

/** The documents that a query finds, before filters and order. */
export interface Matches {
  terms: DerivedTerm[];
  requirement: Requirement;
  finder: OccurrenceFinder;
  /** Document number → how many terms count for it. */
  documents: Map<number, number>;
}

export interface MatchOptions {
  query: string;
  strategy: MatchingStrategy;
  attributesToSearchOn: readonly string[] | null;
}

function attributeNumbers(index: SearchIndex, names: readonly string[]): Set<number> {
  const wanted = names.includes('*') ? null : names;
  return new Set(
    index.text.attributes.flatMap((name, number) =>
      wanted === null || wanted.some((attribute) => name === attribute || name.startsWith(`${attribute}.`))
        ? [number]
        : [],
    ),
  );
}

interface Masks {
  /** Terms (bit mask) that a document holds for sure. */
  sure: number;
  /** The same, with phrases of which it holds all words, perhaps not side by side. */
  possible: number;
}

function withAllWords(index: SearchIndex, words: readonly (string | null)[]): readonly number[] {
  const lists = words.flatMap((word) => (word === null ? [] : [index.text.vocabulary.get(word)?.documents ?? []]));
  const [smallest = [], ...others] = lists.toSorted((left, right) => left.length - right.length);
  if (smallest.length === 0) return [];
  const sets = others.map((list) => new Set(list));
  return smallest.filter((document) => sets.every((set) => set.has(document)));
}

function collectMasks(index: SearchIndex, terms: readonly DerivedTerm[]): Map<number, Masks> {
  const masks = new Map<number, Masks>();
  const of = (document: number): Masks => {
    let mask = masks.get(document);
    if (mask === undefined) masks.set(document, (mask = { sure: 0, possible: 0 }));
    return mask;
  };
  for (const [at, { words, phrases }] of terms.entries()) {
    const bit = 1 << at;
    for (const { term } of words) {
      for (const document of term.documents) {
        const mask = of(document);
        mask.sure |= bit;
        mask.possible |= bit;
      }
    }
    for (const phrase of phrases) {
      for (const document of withAllWords(index, phrase.words)) of(document).possible |= bit;
    }
  }
  return masks;
}

function excluded(index: SearchIndex, query: ReturnType<typeof parseQuery>): Set<number> {
  const { vocabulary, tokenizer } = index.text;
  const documents = new Set<number>();
  for (const word of query.negativeWords)
    vocabulary.get(word)?.documents.forEach((document) => documents.add(document));
  const phrases = query.negativePhrases.map((phrase) => deriveTerm(phrase, vocabulary, index.settings, tokenizer));
  if (phrases.length === 0) return documents;
  const finder = createFinder(index, phrases, null);
  for (const [document] of collectMasks(index, phrases)) {
    if (finder.find(index.text.wordsOf(document)).some((found) => found.length > 0)) documents.add(document);
  }
  return documents;
}

function createFinder(
  index: SearchIndex,
  terms: readonly DerivedTerm[],
  allowed: ReadonlySet<number> | null,
): OccurrenceFinder {
  const { vocabulary } = index.text;
  const exactAttributes = attributeNumbers(index, index.settings.typoTolerance.disableOnAttributes);
  return new OccurrenceFinder(terms, vocabulary.capacity, (word) => vocabulary.get(word)?.id, allowed, exactAttributes);
}

/** Finds the documents that match a query; null for an empty query, which everything matches. */
export function findMatches(
  index: SearchIndex,
  { query, strategy, attributesToSearchOn }: MatchOptions,
): Matches | null {
  const { vocabulary, tokenizer } = index.text;
  const parsed = parseQuery(query, tokenizer, index.settings);
  const hasNegatives = parsed.negativeWords.length + parsed.negativePhrases.length > 0;
  if (parsed.terms.length === 0 && !hasNegatives) return null;
  const terms = parsed.terms.map((term) => deriveTerm(term, vocabulary, index.settings, tokenizer));
  addJoined(terms, vocabulary, index.settings);
  const required = requirement(terms, strategy);
  const allowed = attributesToSearchOn === null ? null : attributeNumbers(index, attributesToSearchOn);
  const finder = createFinder(index, terms, allowed);
  const without = hasNegatives ? excluded(index, parsed) : new Set<number>();
  const documents = new Map<number, number>();
  if (terms.length === 0) {
    for (const { number } of index.documents()) if (!without.has(number)) documents.set(number, 0);
    return { terms, requirement: required, finder, documents };
  }
  // Postings do not tell attributes apart; where that matters, the document's words decide.
  const byAttribute = allowed !== null || index.settings.typoTolerance.disableOnAttributes.length > 0;
  for (const [document, { sure, possible }] of collectMasks(index, terms)) {
    if (without.has(document) || matchedTerms(possible, required) === 0) continue;
    const mask = byAttribute || sure !== possible ? exactMask(index, finder, document) : sure;
    const count = matchedTerms(mask, required);
    if (count > 0) documents.set(document, count);
  }
  return { terms, requirement: required, finder, documents };
}

function exactMask(index: SearchIndex, finder: OccurrenceFinder, document: number): number {
  return finder
    .find(index.text.wordsOf(document))
    .reduce((mask, found, term) => (found.length > 0 ? mask | (1 << term) : mask), 0);
}
