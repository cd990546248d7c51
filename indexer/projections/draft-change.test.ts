import { expect, test } from 'vitest';
import { withVersion } from './draft-change.ts';

test('of a document and a tombstone for one key the document wins, in either order', () => {
  const document = { key: 'slug:a', body: '"id"' };
  const tombstone = { key: 'slug:a', tombstone: true } as const;
  const expected = [{ ...document, version: 'v' }];
  expect(withVersion([document, tombstone], 'v')).toEqual(expected);
  expect(withVersion([tombstone, document], 'v')).toEqual(expected);
});
