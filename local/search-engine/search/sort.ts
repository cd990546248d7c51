import { MeiliError } from '../errors.ts';
import type { FacetValues } from '../index/facet-values.ts';
import type { SearchIndex, StoredDocument } from '../index/search-index.ts';
import { isSortable } from '../settings/rules.ts';

export interface SortRule {
  attribute: string;
  ascending: boolean;
}

const RULE = /^(.*):(asc|desc)$/s;

/** Reads `attribute:asc`; undefined when it is not of that form. */
export function parseSortRule(text: string): SortRule | undefined {
  const match = RULE.exec(text);
  return match === null ? undefined : { attribute: match[1] ?? '', ascending: match[2] === 'asc' };
}

/** Reads the `sort` parameter and checks it against the settings. */
export function parseSort(rules: readonly string[], index: SearchIndex): SortRule[] {
  const { settings } = index;
  return rules.map((text) => {
    const rule = parseSortRule(text);
    if (rule === undefined) {
      throw new MeiliError(
        'invalid_search_sort',
        `Invalid syntax for the sort parameter: expected expression ending by \`:asc\` or \`:desc\`, found \`${text}\`.`,
      );
    }
    if (rule.attribute.startsWith('_geo')) {
      throw new MeiliError(
        'invalid_search_sort',
        'Sorting by distance is not supported by the embedded search engine.',
      );
    }
    if (!isSortable(settings, rule.attribute)) {
      const available = [...settings.sortableAttributes].sort();
      const hint =
        available.length === 0
          ? 'This index does not have configured sortable attributes.'
          : `Available sortable attributes are: \`${available.join(', ')}\`.`;
      throw new MeiliError(
        'invalid_search_sort',
        `Index \`${index.uid}\`: Attribute \`${rule.attribute}\` is not sortable. ${hint}`,
      );
    }
    if (!settings.rankingRules.includes('sort')) {
      throw new MeiliError(
        'invalid_search_sort',
        `Index \`${index.uid}\`: You must specify where \`sort\` is listed in the rankingRules setting to use the sort parameter at search time.`,
      );
    }
    return rule;
  });
}

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Numbers come before text, documents without the attribute last, whichever the direction. */
export function compareValues(left: FacetValues, right: FacetValues, ascending: boolean): number {
  const kind = (values: FacetValues): number => (values.numbers.length > 0 ? 0 : values.strings.size > 0 ? 1 : 2);
  const difference = kind(left) - kind(right);
  if (difference !== 0) return difference;
  const direction = ascending ? 1 : -1;
  if (kind(left) === 0) {
    const pick = ascending ? Math.min : Math.max;
    return direction * (pick(...left.numbers) - pick(...right.numbers));
  }
  if (kind(left) === 2) return 0;
  const pickText = (values: FacetValues): string => {
    const sorted = [...values.strings.keys()].sort();
    return (ascending ? sorted[0] : sorted.at(-1)) ?? '';
  };
  return direction * compareText(pickText(left), pickText(right));
}

export const compareBy = (
  index: SearchIndex,
  { attribute, ascending }: SortRule,
  left: StoredDocument,
  right: StoredDocument,
): number => compareValues(index.facets(left, attribute), index.facets(right, attribute), ascending);
