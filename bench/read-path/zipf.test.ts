import { expect, test } from 'vitest';
import { createRandom } from '@eduplatform/seed/generate/random';
import { zipf } from './zipf.ts';

test('the first is drawn twice as often as the second and ten times as often as the tenth', () => {
  const draw = zipf(100, createRandom(7).next);
  const counts = new Array<number>(100).fill(0);
  for (let index = 0; index < 100_000; index += 1) {
    const rank = draw();
    counts[rank] = (counts[rank] ?? 0) + 1;
  }
  expect((counts[0] ?? 0) / (counts[1] ?? 1)).toBeCloseTo(2, 0);
  expect((counts[0] ?? 0) / (counts[9] ?? 1) / 10).toBeCloseTo(1, 0);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100_000);
});
