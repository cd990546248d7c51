import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averageOf, ratingScore } from './rating.ts';

const stars = fc
  .integer({ min: 1, max: 10_000 })
  .chain((count) => fc.record({ count: fc.constant(count), sum: fc.integer({ min: count, max: count * 5 }) }));

test('without a review there is no average, and the score is that of a middling course', () => {
  expect(averageOf({ count: 0, sum: 0 })).toBeNull();
  expect(ratingScore({ count: 0, sum: 0 })).toBe(3500);
});

test('many good reviews come before a single perfect one', () => {
  expect(ratingScore({ count: 100, sum: 490 })).toBeGreaterThan(ratingScore({ count: 1, sum: 5 }));
});

test('a score lies between that of no review and the average', () => {
  fc.assert(
    fc.property(stars, (given) => {
      const average = (given.sum / given.count) * 1000;
      expect(ratingScore(given)).toBeGreaterThanOrEqual(Math.floor(Math.min(3500, average)));
      expect(ratingScore(given)).toBeLessThanOrEqual(Math.ceil(Math.max(3500, average)));
    }),
  );
});

test('a review with more stars never lowers the score', () => {
  fc.assert(
    fc.property(stars, ({ count, sum }) => {
      expect(ratingScore({ count, sum: sum + 1 })).toBeGreaterThanOrEqual(ratingScore({ count, sum }));
    }),
  );
});
