/** What a document is found by: one id or several, always the same number for one kind. */
export type Key = readonly string[];

const SEPARATOR = '/';

export const textOf = (key: Key): string => key.join(SEPARATOR);
export const parseKey = (text: string): Key => text.split(SEPARATOR);

/** Each key once, in the order of the first mention. */
export const uniqueKeys = (keys: Iterable<Key>): Key[] => [
  ...new Map([...keys].map((key) => [textOf(key), key])).values(),
];

/** One part of all keys: a parameter for `unnest` or `any`. */
export const columnOf = (keys: readonly Key[], part: number): string[] => keys.map((key) => key[part] ?? '');
