import type { Term, Vocabulary } from '../index/vocabulary.ts';
import type { Settings } from '../settings/settings.ts';
import { editDistance } from '../text/distance.ts';
import { normalize } from '../text/normalize.ts';
import type { Tokenizer } from '../text/tokenize.ts';
import type { QueryTerm, WordTerm } from './query.ts';

/** Words of the index that a term of the query stands for. */

export interface Derivation {
  term: Term;
  typos: number;
  /** The whole word as typed, neither a prefix nor misspelled nor a synonym. */
  exact: boolean;
  /** Set when several terms of the query, written together, are this word. */
  joined?: { first: number; size: number; word: WordTerm };
}

export interface PhraseDerivation {
  /** Words in order; null is any word. */
  words: (string | null)[];
  typos: number;
}

export interface DerivedTerm {
  source: QueryTerm;
  words: Derivation[];
  phrases: PhraseDerivation[];
  maxTypos: number;
}

const MAX_PREFIX_WORDS = 1000;
const MAX_TYPO_WORDS = 150;
const NUMERIC = /^\p{N}+$/u;

/** How many typos a word of this length may have. */
export function allowedTypos(word: string, { typoTolerance }: Settings): number {
  if (!typoTolerance.enabled) return 0;
  if (typoTolerance.disableOnWords.some((exact) => normalize(exact) === word)) return 0;
  if (typoTolerance.disableOnNumbers && NUMERIC.test(word)) return 0;
  const { oneTypo, twoTypos } = typoTolerance.minWordSizeForTypos;
  const length = [...word].length;
  return length < oneTypo ? 0 : length < twoTypos ? 1 : 2;
}

/** Words that differ in their first letter: that counts as two typos. */
function otherFirstLetters(word: string, vocabulary: Vocabulary, prefix: boolean): Term[] {
  const found: Term[] = [];
  const [first = '', second = ''] = [...word];
  const rest = word.slice(first.length);
  const forms = new Set([rest, second + first + rest.slice(second.length)]);
  for (const [letter] of vocabulary.firstLetters()) if (letter !== first) forms.add(letter + rest).add(letter + word);
  for (const form of forms) {
    if (form === '' || form.startsWith(first)) continue;
    if (!prefix) {
      const term = vocabulary.get(form);
      if (term !== undefined) found.push(term);
      continue;
    }
    for (const [, term] of vocabulary.withPrefix(form)) {
      found.push(term);
      if (found.length >= MAX_TYPO_WORDS) return found;
    }
  }
  return found;
}

function typoWords(source: WordTerm, maxTypos: number, vocabulary: Vocabulary, settings: Settings): Derivation[] {
  const { word, prefix } = source;
  const [first = ''] = [...word];
  const found: Derivation[][] = [[], []];
  const skipNumbers = settings.typoTolerance.disableOnNumbers;
  for (const [candidate, term] of vocabulary.withPrefix(first)) {
    if (skipNumbers && NUMERIC.test(candidate)) continue;
    const typos = editDistance(word, candidate, maxTypos, prefix);
    const bucket = typos >= 1 && typos <= maxTypos ? found[typos - 1] : undefined;
    if (bucket !== undefined && bucket.length < MAX_TYPO_WORDS) bucket.push({ term, typos, exact: false });
  }
  if (maxTypos >= 2) {
    for (const term of otherFirstLetters(word, vocabulary, prefix)) found[1]?.push({ term, typos: 2, exact: false });
  }
  return found.flat();
}

function splitWords(word: string, vocabulary: Vocabulary): PhraseDerivation[] {
  let best: { words: string[]; frequency: number } | undefined;
  const letters = [...word];
  for (let at = 1; at < letters.length; at += 1) {
    const words = [letters.slice(0, at).join(''), letters.slice(at).join('')];
    const terms = words.map((part) => vocabulary.get(part)?.documents.length ?? 0);
    const frequency = Math.min(...terms);
    if (frequency > (best?.frequency ?? 0)) best = { words, frequency };
  }
  return best === undefined ? [] : [{ words: best.words, typos: 1 }];
}

/** Synonyms by folded source text. */
export function synonymsOf(text: string, settings: Settings, tokenizer: Tokenizer): string[][] {
  const wordsOf = (value: string): string[] => tokenizer.tokenize(value).map((token) => token.word);
  return Object.entries(settings.synonyms)
    .filter(([source]) => wordsOf(source).join(' ') === text)
    .flatMap(([, targets]) => targets.map(wordsOf))
    .filter((words) => words.length > 0);
}

/** Everything in the index that a term may stand for, each word with its fewest typos. */
export function deriveTerm(
  source: QueryTerm,
  vocabulary: Vocabulary,
  settings: Settings,
  tokenizer: Tokenizer,
): DerivedTerm {
  if (source.kind === 'phrase') {
    return { source, words: [], phrases: [{ words: source.words, typos: 0 }], maxTypos: 0 };
  }
  const maxTypos = allowedTypos(source.word, settings);
  const words = new Map<Term, Derivation>();
  const add = (derivation: Derivation): void => {
    const known = words.get(derivation.term);
    if (known === undefined || derivation.typos < known.typos) words.set(derivation.term, derivation);
  };
  const exact = vocabulary.get(source.word);
  if (exact !== undefined) add({ term: exact, typos: 0, exact: true });
  if (source.prefix) {
    let count = 0;
    for (const [, term] of vocabulary.withPrefix(source.word)) {
      if (term !== exact) add({ term, typos: 0, exact: false });
      if (++count >= MAX_PREFIX_WORDS) break;
    }
  }
  const phrases: PhraseDerivation[] = [];
  for (const synonym of synonymsOf(source.word, settings, tokenizer)) {
    const single = synonym.length === 1 ? vocabulary.get(synonym[0] ?? '') : undefined;
    if (single !== undefined) add({ term: single, typos: 0, exact: false });
    else if (synonym.length > 1) phrases.push({ words: synonym, typos: 0 });
  }
  if (maxTypos > 0) for (const derivation of typoWords(source, maxTypos, vocabulary, settings)) add(derivation);
  phrases.push(...splitWords(source.word, vocabulary));
  return { source, words: [...words.values()], phrases, maxTypos: Math.max(maxTypos, 1) };
}

const MAX_JOINED = 3;

/** Neighboring words written together, with fewer typos forgiven: `web site` finds `website`. */
export function addJoined(terms: readonly DerivedTerm[], vocabulary: Vocabulary, settings: Settings): void {
  for (let size = 2; size <= MAX_JOINED; size += 1) {
    for (let at = 0; at + size <= terms.length; at += 1) {
      const parts = terms.slice(at, at + size);
      const sources = parts.flatMap(({ source }) => (source.kind === 'word' ? [source] : []));
      if (sources.length < size) continue;
      const joined: WordTerm = {
        kind: 'word',
        word: sources.map(({ word }) => word).join(''),
        prefix: sources.at(-1)?.prefix ?? false,
      };
      for (const { term, typos } of joinedWords(joined, size, vocabulary, settings)) {
        for (const [offset, part] of parts.entries()) {
          if (part.words.some((known) => known.term === term && known.typos === 0)) continue;
          const cost = offset === 0 ? typos + size - 1 : 0;
          part.words.push({ term, typos: cost, exact: false, joined: { first: at, size, word: joined } });
        }
      }
    }
  }
}

function joinedWords(joined: WordTerm, size: number, vocabulary: Vocabulary, settings: Settings): Derivation[] {
  const exact = vocabulary.get(joined.word);
  const found: Derivation[] = exact === undefined ? [] : [{ term: exact, typos: 0, exact: false }];
  if (joined.prefix) {
    for (const [, term] of vocabulary.withPrefix(joined.word)) {
      if (term !== exact) found.push({ term, typos: 0, exact: false });
      if (found.length >= MAX_TYPO_WORDS) break;
    }
  }
  const maxTypos = allowedTypos(joined.word, settings) - (size - 1);
  return maxTypos > 0 ? [...found, ...typoWords(joined, maxTypos, vocabulary, settings)] : found;
}
