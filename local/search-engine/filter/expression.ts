import { MeiliError } from '../errors.ts';
import type { Filter } from './ast.ts';
import { parseFilter } from './parser.ts';

const wrong = (value: unknown, expected: string): MeiliError =>
  new MeiliError(
    'invalid_search_filter',
    `Invalid syntax for the filter parameter: \`expected ${expected}, found: ${JSON.stringify(value)}\`.`,
  );

function all(kind: 'and' | 'or', parts: (Filter | null)[]): Filter | null {
  const present = parts.filter((part) => part !== null);
  return present.length <= 1 ? (present[0] ?? null) : { kind, parts: present };
}

function inner(value: unknown): Filter | null {
  if (typeof value !== 'string') throw wrong(value, 'String');
  return parseFilter(value);
}

/** A `filter` parameter: a string, or an array whose elements must all hold, inner arrays being alternatives. */
export function parseFilterParameter(value: unknown): Filter | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return parseFilter(value);
  if (!Array.isArray(value)) throw wrong(value, 'String, Array');
  return all(
    'and',
    value.map((part: unknown) => {
      if (typeof part === 'string') return parseFilter(part);
      if (!Array.isArray(part)) throw wrong(part, 'String, [String]');
      return all('or', part.map(inner));
    }),
  );
}

/** Re-labels an error of a filter for routes that name the parameter differently. */
export function withCode<T>(code: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof MeiliError && error.code === 'invalid_search_filter')
      throw new MeiliError(code, error.message);
    throw error;
  }
}
