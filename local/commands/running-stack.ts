import { searchServers } from '@eduplatform/contracts/search-servers';
import { stateDirectory } from '../platform/paths.ts';
import { loadSecrets } from '../supervisor/secrets.ts';
import { readStack } from '../supervisor/stack-file.ts';

/** Connection string of DATABASE_URL's or the running stack's Postgres. Throws an error that says what to do. */
export async function databaseOfStack(): Promise<string> {
  const url = process.env.DATABASE_URL ?? (await readStack(stateDirectory()))?.services.postgres?.url;
  if (!url) throw new Error('No stack is running here. Begin with npm start, or set DATABASE_URL.');
  return url;
}

/** Address of the running storefront; the default one when none is known. */
export const storefrontOfStack = async (): Promise<string> =>
  (await readStack(stateDirectory()))?.services.web?.url ?? 'http://localhost:3000';

/** Where the running stack's read models and their readers are. Throws an error that says what to do. */
export async function readModelsOfStack() {
  const {
    REDIS_URL,
    REDIS_PREFIX = 'edu',
    MEILI_URLS = '',
    MEILI_MASTER_KEYS = '',
    MEILI_INDEX_PREFIX = '',
  } = process.env;
  const directory = stateDirectory();
  const stack = await readStack(directory);
  const services = stack?.services;
  const redisUrl = REDIS_URL ?? services?.redis?.url;
  if (!redisUrl) throw new Error('No stack is running here. Begin with npm start, or set REDIS_URL and MEILI_URL.');
  const key = process.env.MEILI_MASTER_KEY ?? (await loadSecrets(directory)).meiliMasterKey;
  const url = process.env.MEILI_URL ?? services?.search?.url ?? '';
  const [first, ...further] = searchServers({ urls: MEILI_URLS, url, keys: MEILI_MASTER_KEYS, key }).map(
    ({ key: masterKey, ...server }) => ({ ...server, masterKey }),
  );
  if (!first) throw new Error('No search server is known. Begin with npm start, or set MEILI_URL.');
  return {
    redis: { url: redisUrl, prefix: stack?.prefixes.redis ?? REDIS_PREFIX },
    search: {
      url: first.url,
      masterKey: first.masterKey,
      indexPrefix: stack?.prefixes.search ?? MEILI_INDEX_PREFIX,
      further,
    },
    readApiUrl: process.env.READ_API_URL ?? services?.readApi?.url ?? 'http://127.0.0.1:4001',
  };
}
