import { MeiliError } from '../errors.ts';
import type { SearchIndex } from '../index/search-index.ts';
import {
  array,
  field,
  nullable,
  number,
  object,
  positiveInteger,
  readFields,
  record,
  string,
} from '../validate/read.ts';
import type { SearchQuery } from './search-query.ts';

export interface Federation {
  offset: number;
  limit: number;
  page: number | null;
  hitsPerPage: number | null;
  facetsByIndex: Record<string, string[] | null>;
  mergeFacets: { maxValuesPerFacet: number | null } | null;
}

export interface FederatedQuery {
  index: SearchIndex;
  query: SearchQuery;
  /** Names of the parameters that were sent. */
  given: ReadonlySet<string>;
  options: unknown;
}

/** Reads the `federation` object; throws for what the embedded engine does not do. */
export function readFederation(value: unknown): Federation {
  const given = readFields(
    value,
    {
      offset: field(positiveInteger, 'invalid_search_offset'),
      limit: field(positiveInteger, 'invalid_search_limit'),
      page: field(nullable(positiveInteger), 'invalid_search_page'),
      hitsPerPage: field(nullable(positiveInteger), 'invalid_search_hits_per_page'),
      facetsByIndex: field(record(nullable(array(string))), 'invalid_multi_search_facets_by_index'),
      mergeFacets: field(
        nullable((merge, path) =>
          readFields(
            merge,
            { maxValuesPerFacet: field(nullable(positiveInteger), 'invalid_multi_search_max_values_per_facet') },
            path,
          ),
        ),
        'invalid_multi_search_merge_facets',
      ),
    },
    '.federation',
  );
  const { mergeFacets } = given;
  return {
    offset: given.offset ?? 0,
    limit: given.limit ?? 20,
    page: given.page ?? null,
    hitsPerPage: given.hitsPerPage ?? null,
    facetsByIndex: given.facetsByIndex ?? {},
    mergeFacets:
      mergeFacets === undefined || mergeFacets === null
        ? null
        : { maxValuesPerFacet: mergeFacets.maxValuesPerFacet ?? null },
  };
}

/** The weight of a query in a federated search. */
export function readWeight(options: unknown, at: number): number {
  if (options === null) return 1;
  const path = `.queries[${at}].federationOptions`;
  object(options, path, 'invalid_multi_search_federation_options');
  const { weight = 1 } = readFields(options, { weight: field(number, 'invalid_multi_search_weight') }, path);
  if (weight >= 0) return weight;
  throw new MeiliError(
    'invalid_multi_search_weight',
    `Invalid value at \`${path}.weight\`: the value of \`weight\` is invalid, expected a positive float (>= 0.0).`,
  );
}

/** Parameters that belong to the federation, not to one of its queries. */
export function checkFederatedQuery({ given, query, index }: FederatedQuery, at: number): void {
  const paging = ['limit', 'offset', 'page', 'hitsPerPage'].find((name) => given.has(name));
  if (paging !== undefined) {
    throw new MeiliError(
      'invalid_multi_search_query_pagination',
      `Inside \`.queries[${at}]\`: Using pagination options is not allowed in federated queries.\n - Hint: remove \`${paging}\` from the query or remove \`federation\` from the request\n - Hint: pass \`federation.limit\` and \`federation.offset\` for pagination in federated search`,
    );
  }
  if (query.facets !== null) {
    throw new MeiliError(
      'invalid_multi_search_query_facets',
      `Inside \`.queries[${at}]\`: Using facet options is not allowed in federated queries.\n - Hint: remove \`facets\` from the query or remove \`federation\` from the request\n - Hint: pass \`federation.facetsByIndex.${index.uid}: ${JSON.stringify(query.facets)}\` for facets in federated search`,
    );
  }
}
