import type { Unversioned } from './draft-change.ts';
import { textOf, type Key } from './key.ts';

/** Nothing (any more) stands behind this key of a document. */
export const tombstone = (key: string): Unversioned => ({ key, tombstone: true });

/** For each key the document of its row, or else what buries it. */
export function documentsOf<Row>(
  keys: readonly Key[],
  rows: readonly Row[],
  {
    keyOf,
    document,
    burial,
  }: {
    keyOf: (row: Row) => Key;
    document: (row: Row) => Unversioned;
    burial: (key: Key) => Unversioned;
  },
): Unversioned[] {
  const byKey = new Map(rows.map((row) => [textOf(keyOf(row)), row]));
  return keys.map((key) => {
    const row = byKey.get(textOf(key));
    return row === undefined ? burial(key) : document(row);
  });
}
