import { anywhere, wordsWith } from '../search/highlight.ts';
import { likePattern, type Terms } from '../search/terms.ts';
import type { SearchMode } from './search-modes.ts';

/** How a text is looked for, in SQL whose first parameter is `value`. */
export interface Matching {
  value: string;
  /** Conditions on the courses `c` and the lessons `l`. */
  course: string;
  lesson: string;
  /** How well they match: the greater, the better. */
  courseRank: string;
  lessonRank: string;
  /** An expression whose answer `matchesIn` wants; null where there is none to be asked for. */
  lexemes: string;
  /** What to mark in hits. */
  matchesIn(lexemes: string | null): RegExp | null;
}

// As they are indexed: one scan of a long list of trigrams, and not one for each column.
const COURSE_TEXT = `c.title || E'\\n' || c.subtitle || E'\\n' || lines_of(c.outcomes) || E'\\n' || c.description_text`;
const LESSON_TEXT = `l.title || E'\\n' || l.body_text`;

/** Trigrams need three letters; with fewer, titles that begin with them are found. */
const MIN_LENGTH = 3;

/** How each mode looks for a text that is not empty. */
export function matchingOf(mode: SearchMode, terms: Terms): Matching {
  if (mode === 'tsvector') return lexemeMatching(terms);
  const isShort = terms.text.length < MIN_LENGTH;
  const ofTitle = { course: 'c.title ilike $1', lesson: 'l.title ilike $1' };
  const ofText = {
    course: `(${COURSE_TEXT}) ilike $1`,
    lesson: `(${LESSON_TEXT}) ilike $1`,
  };
  return {
    value: likePattern(isShort ? '' : '%', terms.text),
    ...(mode === 'trigram-title' || isShort ? ofTitle : ofText),
    courseRank: '(c.title ilike $1)::int',
    lessonRank: '(l.title ilike $1)::int',
    lexemes: 'null::text',
    matchesIn: () => anywhere(terms.text),
  };
}

/** The Russian configuration knows English words too, but not the other way round. */
const configurationOf = (text: string): string => (/\p{Script=Cyrillic}/u.test(text) ? 'russian' : 'english');

function lexemeMatching(terms: Terms): Matching {
  const parse = terms.isPhrase ? 'phraseto_tsquery' : 'to_tsquery';
  const query = `${parse}('${configurationOf(terms.text)}', $1)`;
  return {
    value: terms.isPhrase ? terms.text : everyWord(terms.text),
    course: `c.search @@ ${query}`,
    lesson: `l.search @@ ${query}`,
    courseRank: `ts_rank(c.search, ${query})`,
    lessonRank: `ts_rank(l.search, ${query})`,
    lexemes: `${query}::text`,
    matchesIn: (lexemes) => wordsWith([...(lexemes ?? '').matchAll(/'((?:[^']|'')+)'/g)].map(([, stem = '']) => stem)),
  };
}

/** A query for all of the words; the last may still be being typed, so it stands for all that begin so. */
const everyWord = (text: string): string => {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => `'${word}'`).join(' & ') + (words.length > 0 ? ':*' : '');
};
