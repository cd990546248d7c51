import { expect, test } from 'vitest';
import { LagHistory } from './lag-history.ts';

test('the last hour is kept, for each sink by itself', () => {
  let now = Date.UTC(2026, 0, 1);
  const history = new LagHistory(() => now);
  history.add('redis', { rows: 1, seconds: 0.5 });
  now += 30 * 60_000;
  history.add('redis', { rows: 2, seconds: 1 });
  now += 40 * 60_000;
  history.add('redis', { rows: 3, seconds: 2 });
  expect(history.of('redis')).toEqual([
    { at: '2026-01-01T00:30:00.000Z', rows: 2, seconds: 1 },
    { at: '2026-01-01T01:10:00.000Z', rows: 3, seconds: 2 },
  ]);
  expect(history.of('search')).toEqual([]);
});
