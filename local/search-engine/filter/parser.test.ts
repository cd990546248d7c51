import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MeiliError } from '../errors.ts';
import type { Filter } from './ast.ts';
import { parseFilter } from './parser.ts';

const quote = (value: string): string => `"${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;

/** A filter as text, every attribute and value quoted. */
function print(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.parts.map(print).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`;
    case 'not':
      return `NOT ${print(filter.part)}`;
    case 'compare':
      return `${quote(filter.attribute)} ${filter.operator} ${quote(filter.value)}`;
    case 'between':
      return `${quote(filter.attribute)} ${quote(filter.from)} TO ${quote(filter.to)}`;
    case 'in':
      return `${quote(filter.attribute)} IN [${filter.values.map(quote).join(', ')}]`;
    case 'startsWith':
      return `${quote(filter.attribute)} STARTS WITH ${quote(filter.value)}`;
    case 'exists':
      return `${quote(filter.attribute)} EXISTS`;
    case 'null':
      return `${quote(filter.attribute)} IS NULL`;
    case 'empty':
      return `${quote(filter.attribute)} IS EMPTY`;
  }
}

const nowhere = { text: '', from: 0, to: 0 };
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const condition: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    kind: fc.constant('compare' as const),
    attribute: text,
    at: fc.constant(nowhere),
    operator: fc.constantFrom('=' as const, '!=' as const, '>' as const, '>=' as const, '<' as const, '<=' as const),
    value: text,
  }),
  fc.record({ kind: fc.constant('between' as const), attribute: text, at: fc.constant(nowhere), from: text, to: text }),
  fc.record({ kind: fc.constant('in' as const), attribute: text, at: fc.constant(nowhere), values: fc.array(text) }),
  fc.record({ kind: fc.constant('startsWith' as const), attribute: text, at: fc.constant(nowhere), value: text }),
  fc.record({
    kind: fc.constantFrom('exists' as const, 'null' as const, 'empty' as const),
    attribute: text,
    at: fc.constant(nowhere),
  }),
);
const { filter: anyFilter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    condition,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
    }),
    // Two negations in a row are none, so they would not come back as they were.
    fc.record({ kind: fc.constant('not' as const), part: tie('filter').filter(({ kind }) => kind !== 'not') }),
  ),
}));

/** Without the places, and with nested parts of the same kind as the parser groups them. */
const bare = (filter: Filter | null): unknown =>
  JSON.parse(JSON.stringify(filter, (key, value: unknown) => (key === 'at' ? undefined : value)));

describe('parseFilter', () => {
  test('reads back any filter whose values are quoted', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(bare(parseFilter(print(filter)))).toEqual(bare(filter));
      }),
    );
  });

  test('never lets a quoted value end its quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(bare(parseFilter(`a = ${quote(value)}`))).toEqual({
          kind: 'compare',
          attribute: 'a',
          operator: '=',
          value,
        });
      }),
    );
  });

  test('answers any text with a filter or with invalid_search_filter', () => {
    const piece = fc.constantFrom(
      'a',
      '=',
      '"',
      "'",
      '(',
      ')',
      ' AND ',
      ' OR ',
      'NOT ',
      ' IN ',
      '[',
      ']',
      ',',
      ' TO ',
      ' ',
      '\\',
      '5',
      ' IS NULL',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
        try {
          parseFilter(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(MeiliError);
          expect((error as MeiliError).code).toBe('invalid_search_filter');
        }
      }),
    );
  });

  test.each<[string, unknown]>([
    [
      'a = 1 OR b = 2 AND c = 3',
      { kind: 'or', parts: [expect.objectContaining({ attribute: 'a' }), expect.objectContaining({ kind: 'and' })] },
    ],
    [
      'NOT a = 1 AND b = 2',
      { kind: 'and', parts: [expect.objectContaining({ kind: 'not' }), expect.objectContaining({ attribute: 'b' })] },
    ],
    ['NOT NOT a EXISTS', expect.objectContaining({ kind: 'exists' })],
    ['a.b-c_d=x', expect.objectContaining({ attribute: 'a.b-c_d', value: 'x' })],
    ["a = 'it\\'s'", expect.objectContaining({ value: "it's" })],
    ['a = "tab\\tнет\\u{1F600}"', expect.objectContaining({ value: 'tab\tнет😀' })],
  ])('%s', (source, expected) => {
    expect(parseFilter(source)).toEqual(expected);
  });

  test('refuses nesting without end', () => {
    expect(() => parseFilter(`${'('.repeat(200)}a = 1${')'.repeat(200)}`)).toThrow('maximum depth limit');
  });

  test('says where the fault is', () => {
    expect(() => parseFilter('a = 🦀')).toThrow('Was expecting a value but instead got `🦀`.\n5:6 a = 🦀');
  });
});
