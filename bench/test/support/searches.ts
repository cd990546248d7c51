import pg from 'pg';
import type { SearchHit, SearchPage } from '@eduplatform/contracts/search';
import { firstReads } from '../../baselines/first/reads.ts';
import type { Reads } from '../../baselines/http/reads.ts';
import { baselineUrl } from '../../baselines/kinds.ts';
import { tunedReads } from '../../baselines/tuned/reads.ts';
import { SEARCH_MODES, type SearchMode } from '../../baselines/tuned/search-modes.ts';
import type { Contenders } from './contenders.ts';

export interface Hit {
  type: SearchHit['type'];
  id: string;
  title: string;
}

type Search = (q: string) => Promise<Hit[]>;

/** Every way to search. Each answers at most 50 hits, sorted by their ids. */
export interface Searches extends Record<'readApi' | 'first' | SearchMode, Search>, AsyncDisposable {}

const LIMIT = 50;

export function openSearches({ readApi, databaseUrl }: Contenders): Searches {
  const first = new pg.Pool({ connectionString: baselineUrl(databaseUrl, 'first') });
  const tuned = new pg.Pool({ connectionString: baselineUrl(databaseUrl, 'tuned') });
  const ofReads =
    (reads: Reads): Search =>
    async (q) =>
      hitsOf((await reads.search({ q, limit: LIMIT }, null)) as SearchPage);
  const modes = SEARCH_MODES.map((mode) => [mode, ofReads(tunedReads(tuned, { mode, withFacets: true }))] as const);
  return {
    async readApi(q) {
      const response = await fetch(`${readApi}/v1/search?limit=${LIMIT}&q=${encodeURIComponent(q)}`);
      return hitsOf((await response.json()) as SearchPage);
    },
    first: ofReads(firstReads(first, { withFacets: true })),
    ...(Object.fromEntries(modes) as Record<SearchMode, Search>),
    async [Symbol.asyncDispose]() {
      await Promise.all([first.end(), tuned.end()]);
    },
  };
}

const hitsOf = ({ items }: SearchPage): Hit[] =>
  items
    .map((item) =>
      item.type === 'course'
        ? { type: item.type, id: item.course.id, title: item.course.title }
        : { type: item.type, id: item.id, title: item.title },
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/** Those that are called just so. */
export const exactHits = (hits: readonly Hit[], title: string): Hit[] => hits.filter((hit) => hit.title === title);
