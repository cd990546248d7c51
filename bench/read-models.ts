import type { Servers } from './freshness/servers.ts';

/** Names in Redis, which each bench starts for itself. */
export const REDIS_PREFIX = 'edu';

/**
 * Where a service finds the read models. Names all that it could take from the environment of whoever runs the bench, which
 * may well be that of the product.
 */
export const readModelEnv = ({
  redisUrl,
  redisPrefix,
  search,
}: Pick<Servers, 'redisUrl' | 'redisPrefix'> & {
  search: Pick<Servers['search'], 'url' | 'indexPrefix'>;
}): NodeJS.ProcessEnv => ({
  REDIS_URL: redisUrl,
  REDIS_PREFIX: redisPrefix,
  MEILI_URL: search.url,
  MEILI_INDEX_PREFIX: search.indexPrefix,
  ...{ MEILI_URLS: undefined, MEILI_MASTER_KEYS: undefined, MEILI_SEARCH_KEYS: undefined },
});
