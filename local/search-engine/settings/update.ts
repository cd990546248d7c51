import { MeiliError, unsupported } from '../errors.ts';
import { isObject } from '../json.ts';
import {
  array,
  boolean,
  field,
  nullable,
  oneOf,
  positiveInteger,
  readFields,
  record,
  string,
  type Reader,
} from '../validate/read.ts';
import { TEXT_RULES } from '../search/rank.ts';
import { parseSortRule } from '../search/sort.ts';
import type { FilterableAttribute, FilterableFeatures } from './settings.ts';

/** A change of settings as sent: what is absent stays, null goes back to the default. */

const strings = array(string);

function features(value: unknown, path: string, code: string): FilterableFeatures {
  const given = readFields(
    value,
    {
      facetSearch: field(boolean, code),
      filter: field(
        (filter, at) =>
          readFields(filter, { equality: field(boolean, code), comparison: field(boolean, code) }, at, code),
        code,
      ),
    },
    path,
    code,
  );
  return {
    facetSearch: given.facetSearch ?? false,
    filter: { equality: given.filter?.equality ?? true, comparison: given.filter?.comparison ?? false },
  };
}

const filterable: Reader<FilterableAttribute> = (value, path, code) => {
  if (!isObject(value)) return string(value, path, code);
  const rule = readFields(
    value,
    { attributePatterns: field(strings, code), features: field(features, code) },
    path,
    code,
  );
  if (rule.attributePatterns === undefined) {
    throw new MeiliError(code, `Missing field \`attributePatterns\` inside \`${path}\``);
  }
  return { attributePatterns: rule.attributePatterns, features: rule.features ?? features({}, path, code) };
};

const rankingRule: Reader<string> = (value, path, code) => {
  const text = string(value, path, code);
  if (TEXT_RULES.has(text) || text === 'sort' || parseSortRule(text) !== undefined) return text;
  throw new MeiliError(
    code,
    `Invalid value at \`${path}\`: \`${text}\` ranking rule is invalid. Valid ranking rules are words, typo, sort, proximity, attribute, exactness and custom ranking rules.`,
  );
};

const typoTolerance: Reader<unknown> = (value, path, code) => {
  const given = readFields(
    value,
    {
      enabled: field(nullable(boolean), code),
      minWordSizeForTypos: field(
        nullable((sizes, at) =>
          readFields(
            sizes,
            { oneTypo: field(positiveInteger, code), twoTypos: field(positiveInteger, code) },
            at,
            code,
          ),
        ),
        code,
      ),
      disableOnWords: field(nullable(strings), code),
      disableOnAttributes: field(nullable(strings), code),
      disableOnNumbers: field(nullable(boolean), code),
    },
    path,
    code,
  );
  const { oneTypo, twoTypos } = given.minWordSizeForTypos ?? {};
  if (oneTypo !== undefined && twoTypos !== undefined && oneTypo > twoTypos) {
    throw new MeiliError(
      'invalid_settings_typo_tolerance',
      `Invalid value at \`${path}.minWordSizeForTypos\`: \`minWordSizeForTypos\` setting is invalid. \`oneTypo\` and \`twoTypos\` fields should be between \`0\` and \`255\`, and \`twoTypos\` should be greater or equals to \`oneTypo\` but found \`oneTypo: ${oneTypo}\` and twoTypos: ${twoTypos}\`.`,
    );
  }
  return given;
};

const faceting: Reader<unknown> = (value, path, code) =>
  readFields(
    value,
    {
      maxValuesPerFacet: field(nullable(positiveInteger), code),
      sortFacetValuesBy: field(nullable(record(oneOf('alpha', 'count'))), code),
    },
    path,
    code,
  );

const pagination: Reader<unknown> = (value, path, code) =>
  readFields(value, { maxTotalHits: field(nullable(positiveInteger), code) }, path, code);

/** Accepts only the value that changes nothing. */
const only =
  (name: string, isDefault: (value: unknown) => boolean): Reader<unknown> =>
  (value, _path, code) => {
    if (!isDefault(value)) throw unsupported(code, `The setting \`${name}\``);
    return value;
  };

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const isEmptyObject = (value: unknown): boolean => isObject(value) && Object.keys(value).length === 0;

export const SETTINGS_FIELDS = {
  displayedAttributes: field(nullable(strings), 'invalid_settings_displayed_attributes'),
  searchableAttributes: field(nullable(strings), 'invalid_settings_searchable_attributes'),
  filterableAttributes: field(nullable(array(filterable)), 'invalid_settings_filterable_attributes'),
  sortableAttributes: field(nullable(strings), 'invalid_settings_sortable_attributes'),
  foreignKeys: field(nullable(only('foreignKeys', isEmptyList)), 'invalid_settings_foreign_keys'),
  rankingRules: field(nullable(array(rankingRule)), 'invalid_settings_ranking_rules'),
  stopWords: field(nullable(strings), 'invalid_settings_stop_words'),
  nonSeparatorTokens: field(nullable(strings), 'invalid_settings_non_separator_tokens'),
  separatorTokens: field(nullable(strings), 'invalid_settings_separator_tokens'),
  dictionary: field(nullable(only('dictionary', isEmptyList)), 'invalid_settings_dictionary'),
  synonyms: field(nullable(record(strings)), 'invalid_settings_synonyms'),
  distinctAttribute: field(nullable(string), 'invalid_settings_distinct_attribute'),
  proximityPrecision: field(
    nullable(only('proximityPrecision', (value) => value === 'byWord')),
    'invalid_settings_proximity_precision',
  ),
  typoTolerance: field(nullable(typoTolerance), 'invalid_settings_typo_tolerance'),
  faceting: field(nullable(faceting), 'invalid_settings_faceting'),
  pagination: field(nullable(pagination), 'invalid_settings_pagination'),
  embedders: field(nullable(only('embedders', isEmptyObject)), 'invalid_settings_embedders'),
  searchCutoffMs: field(nullable(positiveInteger), 'invalid_settings_search_cutoff_ms'),
  localizedAttributes: field(
    nullable(only('localizedAttributes', isEmptyList)),
    'invalid_settings_localized_attributes',
  ),
  facetSearch: field(nullable(boolean), 'invalid_settings_facet_search'),
  prefixSearch: field(nullable(oneOf('indexingTime', 'disabled')), 'invalid_settings_prefix_search'),
  chat: field(nullable(only('chat', () => false)), 'invalid_settings_index_chat'),
};

export type SettingsUpdate = Record<string, unknown>;

/** Checks a change of settings; answers it as plain data to be stored with its task. */
export const parseSettingsUpdate = (body: unknown): SettingsUpdate => readFields(body, SETTINGS_FIELDS);
