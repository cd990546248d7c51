/**
 * How texts are searched: trigrams of titles alone, trigrams of titles and texts, or full-text search in the language of
 * the course.
 */
export const SEARCH_MODES = ['trigram-title', 'trigram', 'tsvector'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];
