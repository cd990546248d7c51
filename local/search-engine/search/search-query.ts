import { MeiliError, unsupported } from '../errors.ts';
import {
  anything,
  array,
  boolean,
  field,
  nullable,
  number,
  oneOf,
  positiveInteger,
  readFields,
  string,
} from '../validate/read.ts';
import type { MatchingStrategy } from './strategy.ts';

/** A search as asked for, with the defaults filled in. */
export interface SearchQuery {
  q: string | null;
  offset: number;
  limit: number;
  page: number | null;
  hitsPerPage: number | null;
  attributesToRetrieve: string[] | null;
  attributesToCrop: string[];
  cropLength: number;
  cropMarker: string;
  attributesToHighlight: string[];
  highlightPreTag: string;
  highlightPostTag: string;
  showMatchesPosition: boolean;
  showRankingScore: boolean;
  rankingScoreThreshold: number | null;
  filter: unknown;
  sort: string[];
  distinct: string | null;
  facets: string[] | null;
  matchingStrategy: MatchingStrategy;
  attributesToSearchOn: string[] | null;
}

/** Features of the real server that are refused here, not passed over. */
const REFUSED: Readonly<Record<string, string>> = {
  showRankingScoreDetails: 'invalid_search_show_ranking_score_details',
  showPerformanceDetails: 'invalid_search_show_performance_details',
  locales: 'invalid_search_locales',
  hybrid: 'invalid_search_hybrid_query',
  vector: 'invalid_search_vector',
  retrieveVectors: 'invalid_search_retrieve_vectors',
  media: 'invalid_search_media',
  personalize: 'invalid_search_personalize',
  useNetwork: 'invalid_search_use_network',
};

const strings = array(string);

export const SEARCH_FIELDS = {
  q: field(nullable(string), 'invalid_search_q'),
  offset: field(positiveInteger, 'invalid_search_offset'),
  limit: field(positiveInteger, 'invalid_search_limit'),
  page: field(nullable(positiveInteger), 'invalid_search_page'),
  hitsPerPage: field(nullable(positiveInteger), 'invalid_search_hits_per_page'),
  attributesToRetrieve: field(nullable(strings), 'invalid_search_attributes_to_retrieve'),
  attributesToCrop: field(nullable(strings), 'invalid_search_attributes_to_crop'),
  cropLength: field(positiveInteger, 'invalid_search_crop_length'),
  cropMarker: field(string, 'invalid_search_crop_marker'),
  attributesToHighlight: field(nullable(strings), 'invalid_search_attributes_to_highlight'),
  highlightPreTag: field(string, 'invalid_search_highlight_pre_tag'),
  highlightPostTag: field(string, 'invalid_search_highlight_post_tag'),
  showMatchesPosition: field(boolean, 'invalid_search_show_matches_position'),
  showRankingScore: field(boolean, 'invalid_search_show_ranking_score'),
  rankingScoreThreshold: field(nullable(number), 'invalid_search_ranking_score_threshold'),
  filter: field(anything, 'invalid_search_filter'),
  sort: field(nullable(strings), 'invalid_search_sort'),
  distinct: field(nullable(string), 'invalid_search_distinct'),
  facets: field(nullable(strings), 'invalid_search_facets'),
  matchingStrategy: field(oneOf('last', 'all', 'frequency'), 'invalid_search_matching_strategy'),
  attributesToSearchOn: field(nullable(strings), 'invalid_search_attributes_to_search_on'),
  ...Object.fromEntries(Object.entries(REFUSED).map(([name, code]) => [name, field(anything, code)])),
};

export type SearchFields = ReturnType<typeof readFields<typeof SEARCH_FIELDS>>;

/** Fills in the defaults; refuses what the embedded engine cannot do. */
export function searchQuery(fields: SearchFields): SearchQuery {
  for (const [name, code] of Object.entries(REFUSED)) {
    const value = (fields as Record<string, unknown>)[name];
    if (value !== undefined && value !== null && value !== false)
      throw unsupported(code, `The search parameter \`${name}\``);
  }
  const threshold = fields.rankingScoreThreshold ?? null;
  if (threshold !== null && (threshold < 0 || threshold > 1)) {
    throw new MeiliError(
      'invalid_search_ranking_score_threshold',
      'Invalid value at `.rankingScoreThreshold`: the value of `rankingScoreThreshold` is invalid, expected a float between `0.0` and `1.0`.',
    );
  }
  return {
    q: fields.q ?? null,
    offset: fields.offset ?? 0,
    limit: fields.limit ?? 20,
    page: fields.page ?? null,
    hitsPerPage: fields.hitsPerPage ?? null,
    attributesToRetrieve: fields.attributesToRetrieve ?? null,
    attributesToCrop: fields.attributesToCrop ?? [],
    cropLength: fields.cropLength ?? 10,
    cropMarker: fields.cropMarker ?? '…',
    attributesToHighlight: fields.attributesToHighlight ?? [],
    highlightPreTag: fields.highlightPreTag ?? '<em>',
    highlightPostTag: fields.highlightPostTag ?? '</em>',
    showMatchesPosition: fields.showMatchesPosition ?? false,
    showRankingScore: fields.showRankingScore ?? false,
    rankingScoreThreshold: threshold,
    filter: fields.filter,
    sort: fields.sort ?? [],
    distinct: fields.distinct ?? null,
    facets: fields.facets ?? null,
    matchingStrategy: fields.matchingStrategy ?? 'last',
    attributesToSearchOn: fields.attributesToSearchOn ?? null,
  };
}

export const parseSearchQuery = (body: unknown): SearchQuery => searchQuery(readFields(body, SEARCH_FIELDS));
