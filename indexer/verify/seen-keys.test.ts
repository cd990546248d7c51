import { expect, test } from 'vitest';
import { SeenKeys } from './seen-keys.ts';

test('it knows what it was told, and nothing else', () => {
  const seen = new SeenKeys();
  for (let index = 0; index < 10_000; index += 1) seen.add(`course:${index}`);
  expect(seen.has('course:0') && seen.has('course:9999')).toBe(true);
  expect(Array.from({ length: 10_000 }, (_, index) => seen.has(`lesson:${index}`)).some(Boolean)).toBe(false);
});

test('what no longer fits is not remembered, and never mistaken for something else', () => {
  const seen = new SeenKeys(2);
  for (const key of ['a', 'b', 'c']) seen.add(key);
  expect(['a', 'b', 'c'].map((key) => seen.has(key))).toEqual([true, true, false]);
});
