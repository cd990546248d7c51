import { expect, test } from 'vitest';
import type { ListMembership } from '@eduplatform/contracts/document-change';
import { prepare, touchedLists } from './prepare.ts';

const change = (lists: ListMembership[]) => prepare({ key: 'card:1', version: 'v', body: '{}', lists });
const held = (lists: ListMembership[]) => ({
  ...{ version: 'u', hash: 'h', isTombstone: false },
  lists: lists.length > 0 ? JSON.stringify(lists) : null,
});

test('readers are told of lists in which a document moves, comes or goes, and not of those where it stays', () => {
  const before = [
    { list: 'popular', member: '1' },
    { list: 'newest', member: 'x' },
    { list: 'left', member: 'y' },
  ];
  const after = [
    { list: 'popular', member: '2' },
    { list: 'newest', member: 'x' },
    { list: 'joined', member: 'z' },
  ];
  expect(touchedLists(change(after), held(before)).toSorted()).toEqual(['joined', 'left', 'popular']);
  expect(touchedLists(change(before), held([])).toSorted()).toEqual(['left', 'newest', 'popular']);
});

test('a tombstone takes the document out of all its lists', () => {
  const tombstone = prepare({ key: 'card:1', version: 'v', tombstone: true });
  expect(touchedLists(tombstone, held([{ list: 'newest', member: 'x' }]))).toEqual(['newest']);
});
