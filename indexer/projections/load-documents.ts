import type { Queryable } from '@eduplatform/db/transaction';
import type { DocumentSource } from './document-source.ts';
import type { Unversioned } from './draft-change.ts';
import type { Projection } from './projection.ts';
import { tombstone } from './tombstone.ts';

/** Sources loaded at a time: a lesson brings its whole course along. */
const PAGE = 50;

/**
 * Documents by their own keys as they stand now, in the order of the keys; a tombstone for each that nothing makes. A few
 * queries for each kind, whatever the number of keys.
 */
export async function loadDocuments(
  db: Queryable,
  projections: readonly Pick<Projection, 'kind' | 'load'>[],
  sourceOf: (documentKey: string) => DocumentSource | null,
  documentKeys: readonly string[],
): Promise<Unversioned[]> {
  const wanted = new Set(documentKeys);
  const found = new Map<string, Unversioned>();
  for (const [kind, keys] of keysByKind(documentKeys, sourceOf)) {
    const projection = projections.find((each) => each.kind === kind);
    if (!projection) continue;
    for (let start = 0; start < keys.length; start += PAGE) {
      for (const change of await projection.load(db, keys.slice(start, start + PAGE))) {
        if (wanted.has(change.key) && !('tombstone' in change)) found.set(change.key, change);
      }
    }
  }
  return documentKeys.map((key) => found.get(key) ?? tombstone(key));
}

function keysByKind(
  documentKeys: readonly string[],
  sourceOf: (documentKey: string) => DocumentSource | null,
): [kind: string, keys: string[]][] {
  const kinds = new Map<string, Set<string>>();
  for (const documentKey of documentKeys) {
    const source = sourceOf(documentKey);
    if (!source) continue;
    const keys = kinds.get(source.kind) ?? new Set();
    kinds.set(source.kind, keys.add(source.key));
  }
  return [...kinds].map(([kind, keys]) => [kind, [...keys]]);
}
