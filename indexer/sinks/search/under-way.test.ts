import { expect, test } from 'vitest';
import type { Plan } from './plan.ts';
import { afterwards, UnderWay } from './under-way.ts';

const keyOf = (id: string) => `courses:${id}`;
const addition = (version: string, hash: string): Plan => ({
  ...{ additions: [{ id: 'a', version, hash, line: '' }], deletions: [], unchanged: 0, stale: 0 },
});
const deletion: Plan = { additions: [], deletions: [{ id: 'a', version: '3' }], unchanged: 0, stale: 0 };

test('what was sent again stays expected when the first of it has succeeded', () => {
  const underWay = new UnderWay();
  underWay.add(keyOf, addition('1', 'one'));
  underWay.add(keyOf, addition('2', 'two'));
  underWay.remove(keyOf, addition('1', 'one'));
  expect(underWay.get('courses:a')).toMatchObject({ v: '2', h: 'two' });
  underWay.remove(keyOf, addition('2', 'two'));
  expect(underWay.get('courses:a')).toBeUndefined();
});

test('a document counts as what it will be, also when it will be gone', () => {
  const underWay = new UnderWay();
  const held = new Map([['a', { id: 'a', v: '1', h: 'old' }]]);
  const expected = () => new Map([['a', underWay.get('courses:a') ?? { v: '', h: '' }]]);
  underWay.add(keyOf, addition('2', 'new'));
  expect(afterwards(['a'], held, expected()).held.get('a')).toEqual({ id: 'a', v: '2', h: 'new' });
  underWay.add(keyOf, deletion);
  expect(afterwards(['a'], held, expected())).toEqual({ held: new Map(), buried: new Map([['a', { v: '3' }]]) });
});
