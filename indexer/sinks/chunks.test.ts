import { expect, test } from 'vitest';
import { chunksOf } from './chunks.ts';

const limits = { maxItems: 3, maxSize: 10, sizeOf: (item: string) => item.length };

test('chunks end at the number of items or at the size, whichever comes first', () => {
  expect(chunksOf(['a', 'b', 'c', 'd'], limits)).toEqual([['a', 'b', 'c'], ['d']]);
  expect(chunksOf(['aaaaaa', 'bbbbbb', 'c'], limits)).toEqual([['aaaaaa'], ['bbbbbb', 'c']]);
});

test('an item larger than a chunk has one of its own', () => {
  expect(chunksOf(['a', 'b'.repeat(20), 'c'], limits)).toEqual([['a'], ['b'.repeat(20)], ['c']]);
});

test('nothing makes no chunk', () => expect(chunksOf([], limits)).toEqual([]));
