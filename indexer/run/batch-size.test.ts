import { expect, test } from 'vitest';
import { nextBatchSize, SMALLEST_BATCH } from './batch-size.ts';

const light = (rows: number) => ({ rows, bytes: rows * 100 });

test('batches grow while there is a backlog, within bounds, and shrink when it is gone', () => {
  let size = SMALLEST_BATCH;
  const sizes: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    size = nextBatchSize(size, { ...light(size), isFull: true });
    sizes.push(size);
  }
  expect(sizes).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  expect(nextBatchSize(8000, { ...light(3), isFull: false })).toBe(SMALLEST_BATCH);
  expect(nextBatchSize(8000, { rows: 0, bytes: 0, isFull: false })).toBe(SMALLEST_BATCH);
});

test('rows with large payloads are read fewer at a time, but never none', () => {
  expect(nextBatchSize(1000, { rows: 1000, bytes: 20_000_000, isFull: true })).toBe(200);
  expect(nextBatchSize(1, { rows: 1, bytes: 50_000_000, isFull: true })).toBe(1);
});
