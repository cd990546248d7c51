import type { SearchIndex } from '../index/search-index.ts';
import { findMatches, type Matches, type MatchOptions } from './matches.ts';

const MAX_ENTRIES = 16;

interface Cache {
  version: number;
  entries: Map<string, Matches | null>;
}

/** One search asks the same query several times over, once for each facet it counts disjunctively. */
const caches = new WeakMap<SearchIndex, Cache>();

/** The matches of a query, remembered until the index changes. */
export function cachedMatches(index: SearchIndex, options: MatchOptions): Matches | null {
  let cache = caches.get(index);
  if (cache === undefined || cache.version !== index.version) {
    cache = { version: index.version, entries: new Map() };
    caches.set(index, cache);
  }
  const key = JSON.stringify([options.query, options.strategy, options.attributesToSearchOn]);
  const known = cache.entries.get(key);
  if (known !== undefined) return known;
  const matches = findMatches(index, options);
  if (cache.entries.size >= MAX_ENTRIES) {
    const [oldest] = cache.entries.keys();
    if (oldest !== undefined) cache.entries.delete(oldest);
  }
  cache.entries.set(key, matches);
  return matches;
}
