import { describe, expect, it } from 'vitest';
import { isSearchSinkName, searchServers } from './search-servers.ts';

const given = { urls: '', url: 'http://one:7700', keys: '', key: 'k' };

describe('the search servers', () => {
  it('are the one of MEILI_URL, or those of MEILI_URLS in their order', () => {
    expect(searchServers(given)).toEqual([{ name: 'search', url: 'http://one:7700', key: 'k' }]);
    const servers = searchServers({ ...given, urls: 'http://a:1/, https://b ,http://c:3,' });
    expect(servers.map(({ name, url }) => [name, url])).toEqual([
      ['search', 'http://a:1'],
      ['search-2', 'https://b'],
      ['search-3', 'http://c:3'],
    ]);
    expect(servers.every(({ name, key }) => isSearchSinkName(name) && key === 'k')).toBe(true);
  });

  it('may have keys of their own, one for each', () => {
    const two = { ...given, urls: 'http://a,http://b' };
    expect(searchServers({ ...two, keys: 'x,y' }).map(({ key }) => key)).toEqual(['x', 'y']);
    expect(() => searchServers({ ...two, keys: 'x' })).toThrow('1 keys for 2 search servers');
  });

  it.each([
    ['http://a,http://a/', 'named twice'],
    ['ftp://a', 'no address'],
    ['http://', 'no address'],
    [' , ', 'no search server'],
  ])('are refused: %s', (urls, reason) => {
    expect(() => searchServers({ ...given, urls })).toThrow(reason);
  });

  it.each(['search-1', 'search-0', 'search-02', 'search-', 'redis', 'searching', 2])(
    'have no sink named %s',
    (name) => {
      expect(isSearchSinkName(name)).toBe(false);
    },
  );
});
