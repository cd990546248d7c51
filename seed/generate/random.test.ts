import { expect, test } from 'vitest';
import { createRandom, hashText } from './random.ts';
import { publishedDaysAgo } from './published-at.ts';
import { fill } from './slots.ts';

test('mulberry32 gives the sequence that its reference gives for seed 1', () => {
  const random = createRandom(1);
  expect([random.next(), random.next(), random.next()].map((value) => Math.floor(value * 2 ** 32))).toEqual([
    2693262067, 11749833, 2265367787,
  ]);
});

test('integer reaches both ends and nothing beyond', () => {
  const random = createRandom(7);
  const seen = new Set(Array.from({ length: 500 }, () => random.integer(2, 5)));
  expect([...seen].sort()).toEqual([2, 3, 4, 5]);
});

test('shuffle keeps every item and leaves the original alone', () => {
  const items = [1, 2, 3, 4, 5, 6, 7];
  expect(createRandom(3).shuffle(items).sort()).toEqual(items);
  expect(items).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('picking from nothing is refused', () => {
  expect(() => createRandom(1).pick([])).toThrow(RangeError);
});

test('hashText is FNV-1a', () => {
  expect(hashText('')).toBe(0x811c9dc5);
  expect(hashText('a')).toBe(0xe40c292c);
});

test('a course was first published within two years, more of them lately', () => {
  const days = Array.from({ length: 300 }, (_, index) => publishedDaysAgo(`course-${index}`));
  expect(Math.min(...days)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...days)).toBeLessThanOrEqual(700);
  expect(days.filter((day) => day < 175).length).toBeGreaterThan(120);
});

test('slots are capitalized where a sentence begins, and a missing one is refused', () => {
  expect(fill('{a} and {b}. {a}', { a: 'tea', b: 'milk' })).toBe('Tea and milk. Tea');
  expect(() => fill('{nothing}', {})).toThrow('{nothing}');
});
