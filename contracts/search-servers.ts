/** Which search servers there are, and what their sinks are called: told once, to the indexer and the read API alike. */

export type SearchSinkName = 'search' | `search-${number}`;
export type SinkName = 'redis' | SearchSinkName;

/** The first server's sink is `search`, the others are `search-2`, `search-3` … in the order of the configuration. */
export const searchSinkName = (index: number): SearchSinkName => (index === 0 ? 'search' : `search-${index + 1}`);

export const isSearchSinkName = (text: unknown): text is SearchSinkName =>
  typeof text === 'string' && /^search(?:-(?:[2-9]|[1-9]\d+))?$/.test(text);

export const isSinkName = (text: unknown): text is SinkName => text === 'redis' || isSearchSinkName(text);

export interface SearchServer {
  name: SearchSinkName;
  url: string;
  /** What it is spoken to with. */
  key: string;
}

export interface GivenSearchServers {
  /** Comma-separated addresses; empty: `url` alone. */
  urls: string;
  url: string;
  /** Comma-separated, one for each address; empty: all have `key`. */
  keys: string;
  key: string;
}

const MAX_SERVERS = 16;

/** The servers that the environment names. Throws when one is named twice, or when keys and addresses do not match. */
export function searchServers({ urls, url, keys, key }: GivenSearchServers): SearchServer[] {
  const addresses = partsOf(urls || url).map((address) => address.replace(/\/+$/, ''));
  const own = partsOf(keys);
  if (addresses.length === 0) throw new Error('no search server is named: set MEILI_URL or MEILI_URLS');
  if (addresses.length > MAX_SERVERS) throw new Error(`MEILI_URLS: at most ${MAX_SERVERS} search servers`);
  const wrong = addresses.find((address) => !/^https?:\/\//.test(address) || !URL.canParse(address));
  if (wrong !== undefined) throw new Error(`MEILI_URLS: ${wrong} is no address (http://… or https://…)`);
  const twice = addresses.find((address, index) => addresses.indexOf(address) !== index);
  if (twice !== undefined) throw new Error(`MEILI_URLS: ${twice} is named twice`);
  if (own.length > 0 && own.length !== addresses.length) {
    throw new Error(`${own.length} keys for ${addresses.length} search servers: give one for each, or one for all`);
  }
  return addresses.map((address, index) => ({ name: searchSinkName(index), url: address, key: own[index] ?? key }));
}

const partsOf = (list: string): string[] =>
  list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
