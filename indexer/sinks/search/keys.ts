import type { Meilisearch } from 'meilisearch';
import { searchKeyUid } from '@eduplatform/contracts/search-index';
import { searchErrorCode } from './client.ts';

const ACTIONS = {
  /** Searches, and finds the names of the indexes when Redis cannot tell. */
  reader: ['search', 'indexes.get'],
  /** Writes documents. It must not create an index: a write for a name of an earlier epoch has to fail. */
  leader: ['documents.add', 'documents.get', 'documents.delete', 'indexes.get', 'tasks.get'],
} as const;

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item) => b.includes(item));

/** Makes the keys for the indexes under the prefix, and replaces those that allow anything else. */
export async function ensureKeys(master: Meilisearch, prefix: string): Promise<void> {
  for (const role of ['reader', 'leader'] as const) {
    const uid = searchKeyUid(role, prefix);
    const wanted = { uid, name: role, actions: [...ACTIONS[role]], indexes: [`${prefix}*`], expiresAt: null };
    const held = await master.getKey(uid).catch(missing);
    if (held && isSameSet(held.actions, wanted.actions) && isSameSet(held.indexes, wanted.indexes)) continue;
    if (held) await master.deleteKey(uid);
    await master.createKey(wanted).catch((error: unknown) => {
      // Another indexer starts at the same time; it makes the same key.
      if (searchErrorCode(error) !== 'api_key_already_exists') throw error;
    });
  }
}

function missing(error: unknown): null {
  if (searchErrorCode(error) === 'api_key_not_found') return null;
  throw error;
}
