import { originalLength } from '../text/normalize.ts';
import type { Token, Tokenizer } from '../text/tokenize.ts';
import type { DerivedTerm } from '../search/derive.ts';
import type { WordTerm } from '../search/query.ts';

/** A part of a text that matches the query; offsets in UTF-16 units. */
export interface TextMatch {
  start: number;
  /** End of what is highlighted: for a prefix, the part that was typed. */
  end: number;
  /** Indices of the first and last token that it covers. */
  firstToken: number;
  lastToken: number;
  /** The words of the query that it stands for, by their place. */
  places: readonly number[];
}

interface WordPattern {
  places: readonly number[];
  words: Set<string>;
  /** For a word still being typed: every text that begins with one of the words matches, up to this length. */
  typed: number | null;
}

interface PhrasePattern {
  places: readonly number[];
  words: (string | null)[];
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

/** Finds the words of a query in any text, searchable or not. */
export class MatchingWords {
  readonly #tokenizer: Tokenizer;
  readonly #words: WordPattern[] = [];
  readonly #phrases: PhrasePattern[] = [];

  constructor(terms: readonly DerivedTerm[], tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
    const firstPlaces: number[] = [];
    let place = 0;
    for (const { source } of terms) {
      firstPlaces.push(place);
      place += source.kind === 'phrase' ? source.words.length : 1;
    }
    for (const [at, term] of terms.entries()) this.#addTerm(term, firstPlaces[at] ?? at, firstPlaces);
    this.#words.sort((left, right) => Number(left.typed !== null) - Number(right.typed !== null));
  }

  #addTerm({ source, words, phrases }: DerivedTerm, place: number, firstPlaces: readonly number[]): void {
    for (const phrase of phrases) {
      this.#phrases.push({
        places: range(place, source.kind === 'phrase' ? phrase.words.length : 1),
        words: phrase.words,
      });
    }
    if (source.kind === 'phrase') return;
    for (const { joined, term } of words) {
      if (joined === undefined || firstPlaces[joined.first] !== place) continue;
      this.#addWords(joined.word, [term.word], range(place, joined.size));
    }
    const own = words.filter(({ joined }) => joined === undefined).map(({ term }) => term.word);
    this.#addWords(source, source.prefix ? [source.word, ...own] : own, [place]);
  }

  #addWords(source: WordTerm, words: readonly string[], places: readonly number[]): void {
    this.#words.push({ places, words: new Set(words), typed: source.prefix ? source.word.length : null });
  }

  tokenize(text: string): Token[] {
    return this.#tokenizer.tokenize(text);
  }

  find(text: string, tokens: readonly Token[]): TextMatch[] {
    const matches: TextMatch[] = [];
    for (let at = 0; at < tokens.length; at += 1) {
      const match = this.#phraseAt(tokens, at) ?? this.#wordAt(text, tokens, at);
      if (match === undefined) continue;
      matches.push(match);
      at = match.lastToken;
    }
    return matches;
  }

  #phraseAt(tokens: readonly Token[], at: number): TextMatch | undefined {
    for (const { places, words } of this.#phrases) {
      const last = tokens[at + words.length - 1];
      const first = tokens[at];
      if (last === undefined || first === undefined) continue;
      if (words.every((word, offset) => word === null || tokens[at + offset]?.word === word)) {
        return { start: first.start, end: last.end, firstToken: at, lastToken: at + words.length - 1, places };
      }
    }
    return undefined;
  }

  #wordAt(text: string, tokens: readonly Token[], at: number): TextMatch | undefined {
    const token = tokens[at];
    if (token === undefined) return undefined;
    for (const pattern of this.#words) {
      const length = matchedLength(pattern, token.word);
      if (length === undefined) continue;
      const original = text.slice(token.start, token.end);
      const end = length >= token.word.length ? token.end : token.start + originalLength(original, length);
      return { start: token.start, end, firstToken: at, lastToken: at, places: pattern.places };
    }
    return undefined;
  }
}

/** How much of a word matches; undefined when it does not. */
function matchedLength({ words, typed }: WordPattern, word: string): number | undefined {
  if (typed === null) return words.has(word) ? word.length : undefined;
  for (let length = word.length; length > 0; length -= 1) {
    if (words.has(word.slice(0, length))) return Math.min(length, typed);
  }
  return undefined;
}
