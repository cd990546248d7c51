import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrayOf, pageBody, withMembers } from './json.ts';

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const parse = (buffer: Buffer): unknown => JSON.parse(buffer.toString());

describe('JSON put together from stored bytes', () => {
  it('is what it would be if it were parsed and written again', () => {
    const object = fc.record({ id: fc.string(), nested: fc.array(fc.record({ text: fc.string() })) });
    fc.assert(
      fc.property(object, fc.array(fc.jsonValue()), fc.option(fc.jsonValue()), (base, items, extra) => {
        expect(parse(arrayOf(items.map(bytes)))).toEqual(parse(bytes(items)));
        const expected = { ...base, extra };
        expect(parse(withMembers(bytes(base), { extra: bytes(extra) }))).toEqual(parse(bytes(expected)));
        expect(parse(withMembers(base, { extra: null }))).toEqual(parse(bytes({ ...base, extra: null })));
        expect(parse(pageBody(items.map(bytes), 'cursor', { extra: bytes(extra) }))).toEqual(
          parse(bytes({ items, nextCursor: 'cursor', extra })),
        );
      }),
    );
  });
});
