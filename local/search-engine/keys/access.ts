import { MeiliError } from '../errors.ts';
import { grantsAction, grantsIndex } from './key.ts';
import type { KeyStore } from './key-store.ts';

/** What the sender of a request may do. */
export interface Access {
  /** May it do this, on this index if one is named? */
  allows(action: string, indexUid?: string): boolean;
  /** May it see this index at all? */
  seesIndex(indexUid: string): boolean;
  seesAllIndexes: boolean;
}

const EVERYTHING: Access = { allows: () => true, seesIndex: () => true, seesAllIndexes: true };

export const invalidKey = (): MeiliError => new MeiliError('invalid_api_key', 'The provided API key is invalid.');

/** Checks the `Authorization` header against the action of the route; throws 401 or 403. */
export function authorize(
  keys: KeyStore,
  authorization: string | undefined,
  action: string,
  indexUid: string | undefined,
): Access {
  const isAboutKeys = action.startsWith('keys.');
  if (keys.masterKey === null) {
    if (!isAboutKeys) return EVERYTHING;
    throw new MeiliError(
      'missing_master_key',
      'Meilisearch is running without a master key. To access this API endpoint, you must have set a master key at launch.',
    );
  }
  const token = bearerToken(authorization);
  if (token === keys.masterKey) return EVERYTHING;
  const key = keys.findByValue(token);
  if (key === undefined || isExpired(key.expiresAt)) throw invalidKey();
  if (indexUid !== undefined && !grantsIndex(key.indexes, indexUid)) {
    throw new MeiliError(
      'invalid_api_key',
      `The API key cannot acces the index \`${indexUid}\`, authorized indexes are ${JSON.stringify([...key.indexes].sort())}.`,
    );
  }
  if (!grantsAction(key.actions, action)) throw invalidKey();
  return {
    allows: (other, uid) => grantsAction(key.actions, other) && (uid === undefined || grantsIndex(key.indexes, uid)),
    seesIndex: (uid) => grantsIndex(key.indexes, uid),
    seesAllIndexes: key.indexes.includes('*'),
  };
}

const isExpired = (expiresAt: string | null): boolean => expiresAt !== null && Date.parse(expiresAt) <= Date.now();

function bearerToken(authorization: string | undefined): string {
  const [scheme, token] = authorization?.split(' ', 2) ?? [];
  if (scheme !== 'Bearer') {
    throw new MeiliError(
      'missing_authorization_header',
      'The Authorization header is missing. It must use the bearer authorization method.',
    );
  }
  if (token === undefined) throw invalidKey();
  return token;
}
