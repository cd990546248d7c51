import type { Settings } from '../settings/settings.ts';
import { normalize } from '../text/normalize.ts';
import type { Token, Tokenizer } from '../text/tokenize.ts';

/** A query cut into what must be found and what must not. */

export interface WordTerm {
  kind: 'word';
  word: string;
  /** The word may still be being typed: it stands for all words that begin so. */
  prefix: boolean;
}

export interface PhraseTerm {
  kind: 'phrase';
  /** Words in order; null stands for a stop word, of which any may be there. */
  words: (string | null)[];
}

export type QueryTerm = WordTerm | PhraseTerm;

export interface ParsedQuery {
  terms: QueryTerm[];
  negativeWords: string[];
  negativePhrases: PhraseTerm[];
}

/** As in Meilisearch, what comes after ten terms is not looked at. */
const MAX_TERMS = 10;

interface Segment {
  text: string;
  quoted: boolean;
  negative: boolean;
  last: boolean;
}

const NEGATION_AT_END = /(?:^|\s)-$/;

function segments(query: string): Segment[] {
  const parts = query.split('"');
  return parts.map((text, index) => ({
    text,
    quoted: index % 2 === 1,
    negative: index % 2 === 1 && NEGATION_AT_END.test(parts[index - 1] ?? ''),
    last: index === parts.length - 1,
  }));
}

function phrases(tokens: readonly Token[], stopWords: ReadonlySet<string>): PhraseTerm[] {
  const found: PhraseTerm[] = [];
  let previous = -2;
  for (const token of tokens) {
    const word = stopWords.has(token.word) ? null : token.word;
    const current = found.at(-1);
    if (current !== undefined && token.position === previous + 1) current.words.push(word);
    else found.push({ kind: 'phrase', words: [word] });
    previous = token.position;
  }
  return found.filter(({ words }) => words.some((word) => word !== null));
}

const isNegated = (text: string, token: Token): boolean =>
  text[token.start - 1] === '-' && (token.start === 1 || /\s/.test(text[token.start - 2] ?? ''));

/** Reads a query: words, "phrases", -exclusions; the last word is a prefix unless something follows it. */
export function parseQuery(query: string, tokenizer: Tokenizer, settings: Settings): ParsedQuery {
  const stopWords = new Set(settings.stopWords.map(normalize));
  const parsed: ParsedQuery = { terms: [], negativeWords: [], negativePhrases: [] };
  for (const { text, quoted, negative, last } of segments(query)) {
    const tokens = tokenizer.tokenize(text);
    if (quoted) {
      (negative ? parsed.negativePhrases : parsed.terms).push(...phrases(tokens, stopWords));
      continue;
    }
    for (const [index, token] of tokens.entries()) {
      const final = last && index === tokens.length - 1 && token.end === text.length;
      if (isNegated(text, token)) parsed.negativeWords.push(token.word);
      else if (final)
        parsed.terms.push({ kind: 'word', word: token.word, prefix: settings.prefixSearch !== 'disabled' });
      else if (!stopWords.has(token.word)) parsed.terms.push({ kind: 'word', word: token.word, prefix: false });
    }
  }
  parsed.terms = parsed.terms.slice(0, MAX_TERMS);
  return parsed;
}
