import { createHmac } from 'node:crypto';
import { searchKeyUid, type SEARCH_KEY_UIDS } from './search-index.ts';

/**
 * The value of a role's API key for the indexes under a prefix: Meilisearch makes it of the master key and the key's uid,
 * hex(HMAC-SHA256(master key, uid)), so whoever holds the master key can tell it without asking.
 */
export const searchKey = (masterKey: string, role: keyof typeof SEARCH_KEY_UIDS, prefix = ''): string =>
  createHmac('sha256', masterKey).update(searchKeyUid(role, prefix)).digest('hex');
