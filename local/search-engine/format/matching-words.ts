import { originalLength } from '../text/normalize.ts';
import type { Token, Tokenizer } from '../text/tokenize.ts';
import type { DerivedTerm } from '../search/derive.ts';

/** A part of a text that matches the query; offsets in UTF-16 units. */
export interface TextMatch {
  start: number;
  /** End of what is highlighted: for a prefix, the part that was typed. */
  end: number;
  /** Indices of the first and last token that it covers. */
  firstToken: number;
  lastToken: number;
  /** The term of the query that it stands for. */
  term: number;
}

interface WordPattern {
  term: number;
  exact: Set<string>;
  prefixes: string[];
  typed: number;
}

interface PhrasePattern {
  term: number;
  words: (string | null)[];
}

/** Finds the words of a query in any text, searchable or not. */
export class MatchingWords {
  readonly #tokenizer: Tokenizer;
  readonly #words: WordPattern[] = [];
  readonly #phrases: PhrasePattern[] = [];

  constructor(terms: readonly DerivedTerm[], tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
    for (const [term, { source, words, phrases }] of terms.entries()) {
      for (const phrase of phrases) this.#phrases.push({ term, words: phrase.words });
      if (source.kind === 'phrase') continue;
      this.#words.push({
        term,
        exact: new Set(
          words.filter(({ typos, exact }) => exact || typos > 0 || !source.prefix).map(({ term: { word } }) => word),
        ),
        prefixes: source.prefix ? [source.word] : [],
        typed: source.word.length,
      });
    }
    this.#words.sort((left, right) => left.prefixes.length - right.prefixes.length);
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
    for (const { term, words } of this.#phrases) {
      const last = tokens[at + words.length - 1];
      const first = tokens[at];
      if (last === undefined || first === undefined) continue;
      if (words.every((word, offset) => word === null || tokens[at + offset]?.word === word)) {
        return { start: first.start, end: last.end, firstToken: at, lastToken: at + words.length - 1, term };
      }
    }
    return undefined;
  }

  #wordAt(text: string, tokens: readonly Token[], at: number): TextMatch | undefined {
    const token = tokens[at];
    if (token === undefined) return undefined;
    for (const { term, exact, prefixes, typed } of this.#words) {
      const whole = exact.has(token.word);
      const isPrefix = prefixes.some((prefix) => token.word.startsWith(prefix));
      if (!whole && !isPrefix) continue;
      const original = text.slice(token.start, token.end);
      const end = isPrefix ? token.start + originalLength(original, typed) : token.end;
      return { start: token.start, end, firstToken: at, lastToken: at, term };
    }
    return undefined;
  }
}
