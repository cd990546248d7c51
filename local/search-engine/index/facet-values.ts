import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { normalize } from '../text/normalize.ts';
import { valuesAt } from './paths.ts';

/** What a document holds at one attribute, ready for filters, facets, sorting and distinct. */
export interface FacetValues {
  exists: boolean;
  isNull: boolean;
  isEmpty: boolean;
  numbers: number[];
  /** Folded text → the text as written. */
  strings: Map<string, string>;
}

/** Folds a whole value for comparison: case and accents make no difference. */
export const normalizeFacet = (text: string): string => normalize(text.trim());

function add(value: JsonValue, into: FacetValues): void {
  if (typeof value === 'number') {
    if (!into.numbers.includes(value)) into.numbers.push(value);
  } else if (typeof value === 'string' || typeof value === 'boolean') {
    const text = String(value);
    const folded = normalizeFacet(text);
    if (!into.strings.has(folded)) into.strings.set(folded, text);
  } else if (Array.isArray(value)) {
    for (const element of value) add(element, into);
  }
}

const isEmptyValue = (value: JsonValue): boolean =>
  value === '' || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);

/** Reads the values of one attribute of a document. */
export function facetValues(document: JsonObject, path: string): FacetValues {
  const found = valuesAt(document, path);
  const values: FacetValues = {
    exists: found.length > 0,
    isNull: found.includes(null),
    isEmpty: found.some(isEmptyValue),
    numbers: [],
    strings: new Map(),
  };
  for (const value of found) add(value, values);
  return values;
}
