import { Meilisearch } from 'meilisearch';
import { SEARCH_KEY_UIDS, searchKeyUid } from '@eduplatform/contracts/search-index';

const MOST_INDEXES = 1_000;
const TIMEOUT_MS = 60_000;
const ROLES = Object.keys(SEARCH_KEY_UIDS) as (keyof typeof SEARCH_KEY_UIDS)[];

export interface SearchSpace {
  url: string;
  masterKey: string;
  /** Not empty: without one, the indexes would be those of the product. */
  indexPrefix: string;
}

/** Removes the indexes under a prefix from a search server, and the keys that were made for them. */
export async function removeIndexes({ url, masterKey, indexPrefix }: SearchSpace): Promise<void> {
  if (indexPrefix === '') throw new Error('indexes without a prefix are not those of a bench');
  const client = new Meilisearch({ host: url, apiKey: masterKey });
  const { results } = await client.getIndexes({ limit: MOST_INDEXES });
  const own = results.map(({ uid }) => uid).filter((uid) => uid.startsWith(indexPrefix));
  for (const uid of own) await client.deleteIndex(uid).waitTask({ timeout: TIMEOUT_MS });
  const keys = await client.getKeys({ limit: MOST_INDEXES });
  const uids = ROLES.map((role) => searchKeyUid(role, indexPrefix));
  for (const { uid } of keys.results.filter((key) => uids.includes(key.uid))) await client.deleteKey(uid);
}
