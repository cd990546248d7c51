import { expect, test } from 'vitest';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { reviewDocuments, type ReviewRow } from './review-documents.ts';
import { summaryOf } from './stats.ts';

const at = new Date('2026-05-01T12:00:00.000Z');
const row: ReviewRow = {
  ...{
    id: 'second',
    courseId: 'c',
    userId: 'u',
    rating: 4,
    text: 'Good',
    reply: null,
    repliedAt: null,
    hiddenAt: null,
  },
  ...{ hiddenReason: null, version: 1, createdAt: at, updatedAt: at, authorName: 'Sam' },
};
const kindOf = (change: { key: string }) => [change.key, 'tombstone' in change ? 'gone' : 'there'];

test('a review that was deleted and written anew leaves the first buried and the second as one’s own', () => {
  const keys = [
    ['u', 'first', 'c'],
    ['u', 'second', 'c'],
  ];
  expect(reviewDocuments(keys, [row]).map(kindOf)).toEqual([
    [documentKeys.review('first'), 'gone'],
    [documentKeys.ownReview('u', 'c'), 'there'],
    [documentKeys.review('second'), 'there'],
    [documentKeys.ownReview('u', 'c'), 'there'],
  ]);
});

test('what an admin has hidden is buried for everybody but its author', () => {
  const hidden = { ...row, hiddenAt: at, hiddenReason: 'Rude' };
  expect(reviewDocuments([['u', 'second', 'c']], [hidden]).map(kindOf)).toEqual([
    [documentKeys.review('second'), 'gone'],
    [documentKeys.ownReview('u', 'c'), 'there'],
  ]);
});

test('a summary counts stars', () => {
  expect(summaryOf([1, 0, 0, 1, 2])).toEqual({ average: 3.75, count: 4, histogram: [1, 0, 0, 1, 2] });
  expect(summaryOf([0, 0, 0, 0, 0])).toEqual({ average: null, count: 0, histogram: [0, 0, 0, 0, 0] });
});
