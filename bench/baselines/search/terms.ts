import type { SearchQuery, SearchSort } from '@eduplatform/contracts/search';

/** What somebody looks for. */
export interface Terms {
  /** Without quotation marks, and without needless white space. */
  text: string;
  /** Asked for word by word, one after another: it stood in quotation marks. */
  isPhrase: boolean;
}

export function termsOf(q: string): Terms {
  const normalized = q.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  const quoted = /^"(.+)"$/.exec(normalized)?.[1];
  return { text: (quoted ?? normalized).replaceAll('"', ' ').trim(), isPhrase: quoted !== undefined };
}

/** A pattern for LIKE in which the text stands for itself. */
export const likePattern = (before: '%' | '', text: string): string => `${before}${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Lessons have no price and no rating. */
const SORTS_OF_COURSES: readonly SearchSort[] = ['rating', 'priceLow', 'priceHigh'];

/** Whether lessons are looked for: without a text there is nothing that could be found in them. */
export const includesLessons = ({ q = '', sort = 'relevance' }: SearchQuery): boolean =>
  termsOf(q).text !== '' && !SORTS_OF_COURSES.includes(sort);
