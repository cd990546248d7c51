import type { SearchPage, SearchQuery } from '@eduplatform/contracts/search';
import type { Reader } from '../http/reads.ts';
import type { FacetRow } from '../search/facets.ts';
import type { Found } from '../search/hits.ts';
import { searchPage, windowOf } from '../search/page.ts';
import { termsOf } from '../search/terms.ts';
import { filterConditions } from '../sql/filters.ts';
import type { Queryable } from '../sql/prepared.ts';
import { PRICE } from './card.ts';
import { matchingOf } from './matching.ts';
import type { SearchMode } from './search-modes.ts';
import { searchStatement } from './search-statement.ts';

interface Row {
  found: Found[] | null;
  total: number | null;
  facets: FacetRow[] | null;
  lexemes: string | null;
}

/** A page of what an index finds, with its facets, in one statement. Throws invalid_cursor. */
export async function search(
  db: Queryable,
  query: SearchQuery,
  { reader, mode, withFacets }: { reader: Reader; mode: SearchMode; withFacets: boolean },
): Promise<SearchPage> {
  const terms = termsOf(query.q ?? '');
  const matching = terms.text === '' ? null : matchingOf(mode, terms);
  const window = windowOf(query);
  const who = [reader?.sub ?? null, reader?.role === 'admin'];
  const values: unknown[] = [matching?.value ?? null, window.limit + 1, window.offset, ...who];
  const text = searchStatement(query, { matching, filters: filterConditions(query, PRICE, values), withFacets });
  // Not prepared: which index is worth it depends on how common the words are.
  const { rows } = await db.query<Row>(text, values);
  const [{ found, total, facets, lexemes } = NOTHING] = rows;
  return searchPage(query, window, {
    found: found ?? [],
    total: total ?? 0,
    facets: facets ?? [],
    matches: matching?.matchesIn(lexemes) ?? null,
  });
}

const NOTHING: Row = { found: null, total: null, facets: null, lexemes: null };
