import { MeiliError } from '../errors.ts';
import { normalizeFacet, type FacetValues } from '../index/facet-values.ts';
import type { SearchIndex, StoredDocument } from '../index/search-index.ts';
import { filterablePatterns, filterableRule, isFilterable } from '../settings/rules.ts';
import type { Settings } from '../settings/settings.ts';
import type { Filter } from './ast.ts';
import { filterError } from './lexer.ts';

export type Predicate = (document: StoredDocument) => boolean;
type Condition = Exclude<Filter, { kind: 'and' | 'or' | 'not' }>;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const parseNumber = (text: string): number | undefined => (NUMBER.test(text) ? Number(text) : undefined);

const OPERATOR_NAMES = {
  between: 'TO',
  in: 'IN',
  startsWith: 'STARTS WITH',
  exists: 'EXISTS',
  null: 'IS NULL',
  empty: 'IS EMPTY',
} as const;

function checkAllowed(condition: Condition, settings: Settings): void {
  const { attribute, at } = condition;
  const rule = filterableRule(settings, attribute);
  if (rule === undefined || !isFilterable(rule.features)) {
    const patterns = filterablePatterns(settings);
    const available =
      patterns.length === 0
        ? 'This index does not have configured filterable attributes.'
        : `Available filterable attribute patterns are: \`${patterns.join('`, `')}\`.`;
    throw filterError(`Attribute \`${attribute}\` is not filterable. ${available}`, at.text, at.from, at.to);
  }
  const operator = condition.kind === 'compare' ? condition.operator : OPERATOR_NAMES[condition.kind];
  const { equality, comparison } = rule.features.filter;
  const wantsEquality = ['=', '!=', 'IN'].includes(operator);
  const wantsComparison = ['>', '>=', '<', '<=', 'TO'].includes(operator);
  if ((!wantsEquality || equality) && (!wantsComparison || comparison)) return;
  const allowed = [...(equality ? ['=', '!=', 'IN'] : []), ...(comparison ? ['<', '>', '<=', '>=', 'TO'] : [])];
  const needed = wantsEquality ? 'equality' : 'comparison';
  throw new MeiliError(
    'invalid_search_filter',
    `Filter operator \`${operator}\` is not allowed for the attribute \`${attribute}\`.\n  - Note: allowed operators: ${['OR', 'AND', 'NOT', ...allowed, 'IS EMPTY', 'IS NULL', 'EXISTS'].join(', ')}.\n  - Note: field \`${attribute}\` matched rule #${rule.index} in \`filterableAttributes\`\n  - Hint: enable ${needed} in rule #${rule.index} by modifying the features.filter object\n  - Hint: prepend another rule matching \`${attribute}\` with appropriate filter features before rule #${rule.index}`,
  );
}

type Test = (values: FacetValues) => boolean;

function equals(value: string): Test {
  const folded = normalizeFacet(value);
  const number = parseNumber(value);
  return (values) => values.strings.has(folded) || (number !== undefined && values.numbers.includes(number));
}

function inRange(accepts: (left: number) => boolean, value: string): Test {
  const folded = normalizeFacet(value);
  const number = parseNumber(value);
  const compare = (text: string): number => (text < folded ? -1 : text > folded ? 1 : 0);
  return (values) =>
    (number !== undefined && values.numbers.some((candidate) => accepts(candidate - number))) ||
    [...values.strings.keys()].some((candidate) => accepts(compare(candidate)));
}

function between(from: string, to: string): Test {
  const low = parseNumber(from);
  const high = parseNumber(to);
  const [first, last] = [normalizeFacet(from), normalizeFacet(to)];
  return (values) =>
    (low !== undefined && high !== undefined && values.numbers.some((value) => value >= low && value <= high)) ||
    [...values.strings.keys()].some((value) => value >= first && value <= last);
}

function testOf(condition: Condition): Test {
  switch (condition.kind) {
    case 'exists':
      return (values) => values.exists;
    case 'null':
      return (values) => values.isNull;
    case 'empty':
      return (values) => values.isEmpty;
    case 'between':
      return between(condition.from, condition.to);
    case 'in': {
      const tests = condition.values.map(equals);
      return (values) => tests.some((test) => test(values));
    }
    case 'startsWith': {
      const prefix = normalizeFacet(condition.value);
      if (prefix === '') return (values) => values.exists;
      return (values) => [...values.strings.keys()].some((value) => value.startsWith(prefix));
    }
    case 'compare':
      return comparisonOf(condition.operator, condition.value);
  }
}

function comparisonOf(operator: string, value: string): Test {
  switch (operator) {
    case '=':
      return equals(value);
    case '!=': {
      const test = equals(value);
      return (values) => !test(values);
    }
    case '>':
      return inRange((difference) => difference > 0, value);
    case '>=':
      return inRange((difference) => difference >= 0, value);
    case '<':
      return inRange((difference) => difference < 0, value);
    default:
      return inRange((difference) => difference <= 0, value);
  }
}

/** Turns a filter into a test of documents; throws when it uses what the settings do not allow. */
export function compileFilter(filter: Filter, index: SearchIndex): Predicate {
  switch (filter.kind) {
    case 'and': {
      const parts = filter.parts.map((part) => compileFilter(part, index));
      return (document) => parts.every((part) => part(document));
    }
    case 'or': {
      const parts = filter.parts.map((part) => compileFilter(part, index));
      return (document) => parts.some((part) => part(document));
    }
    case 'not': {
      const part = compileFilter(filter.part, index);
      return (document) => !part(document);
    }
    default: {
      checkAllowed(filter, index.settings);
      // As in Meilisearch, an attribute that no document has ever had matches nothing, not even `!=`.
      if (!index.hasField(filter.attribute)) return () => false;
      const test = testOf(filter);
      return (document) => test(index.facets(document, filter.attribute));
    }
  }
}
