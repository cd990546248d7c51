import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { Position } from '@eduplatform/contracts/positions';

type WithoutVersion<T> = T extends unknown ? Omit<T, 'version'> : never;
/** A document change that has no version yet. */
export type Unversioned = WithoutVersion<DocumentChange>;

/** Gives all changes the version; of two for one key the document wins over the tombstone, since it exists. */
export function withVersion(changes: Iterable<Unversioned>, version: Position): DocumentChange[] {
  const byKey = new Map<string, DocumentChange>();
  for (const change of changes) {
    const held = byKey.get(change.key);
    if (!held || 'tombstone' in held || !('tombstone' in change)) byKey.set(change.key, { ...change, version });
  }
  return [...byKey.values()];
}
