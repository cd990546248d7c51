import type { DocumentChange, ListMembership } from '@eduplatform/contracts/document-change';
import { contentHash } from '../content-hash.ts';

/** What Redis holds of a key. */
export interface Held {
  version: string | null;
  hash: string | null;
  isTombstone: boolean;
  lists: string | null;
  /** Readers are told that it is old: a newer one was refused. */
  isMarked?: boolean;
}

/** A change as the script takes it. */
export interface Prepared {
  key: string;
  version: string;
  kind: 'd' | 't';
  body: string;
  hash: string;
  guard: string;
  lists: string;
  isForced: boolean;
}

export function prepare(change: DocumentChange): Prepared {
  const { key, version } = change;
  if ('tombstone' in change)
    return { key, version, kind: 't', body: '', hash: '', guard: '', lists: '', isForced: false };
  const { body, guard = '', isForced = false } = change;
  const lists = change.lists ? JSON.stringify(change.lists) : '';
  return { key, version, kind: 'd', body, hash: contentHash(body, guard, lists), guard, lists, isForced };
}

/** What becomes of a change beside what is held. */
export function compare(change: Prepared, held: Held): 'send' | 'unchanged' | 'stale' {
  const isSame = change.kind === 't' ? held.isTombstone : held.hash === change.hash;
  if (isSame && !change.isForced && !held.isMarked) return 'unchanged';
  return held.version !== null && held.version >= change.version ? 'stale' : 'send';
}

/** The lists in which a change moves the document; not those where it stays as it is. */
export function touchedLists(change: Prepared, held: Held): string[] {
  if ((held.lists ?? '') === change.lists) return [];
  const before = new Map(memberships(held.lists));
  const after = new Map(memberships(change.lists));
  return [...new Set([...before.keys(), ...after.keys()])].filter((list) => before.get(list) !== after.get(list));
}

const memberships = (json: string | null): [list: string, member: string][] =>
  json ? (JSON.parse(json) as ListMembership[]).map(({ list, member }) => [list, member]) : [];

export const scriptArguments = (change: Prepared): string[] => [
  change.key,
  change.version,
  change.kind,
  change.body,
  change.hash,
  change.guard,
  change.lists,
];
