import { expect, it } from 'vitest';
import { queryWith } from './page-query.ts';

it('goes through a list and keeps what it is filtered by', () => {
  expect(queryWith('?status=rejected&after=old', 'a b')).toBe('?status=rejected&after=a+b');
  expect(queryWith('?status=rejected&after=old', null)).toBe('?status=rejected');
  expect(queryWith('?after=old', null)).toBe('');
});
