import { expect, test } from 'vitest';
import type { Row } from './rows.ts';
import { concluded, verdictOnRun } from './verdict.ts';

const row = (id: string, value: number | null, target: Row['target'] = { atLeast: 1 }): Row => ({
  ...{ id, what: id, value, unit: '×', target, note: '' },
});

test('a run holds when every target does, and rows without one do not count', () => {
  const verdict = verdictOnRun([row('a', 2), row('b', null, null)], []);
  expect(verdict).toEqual({ outcome: 0, figure: '1 of 1 targets' });
});

test('a target that was asked for and not measured is neither held nor missed', () => {
  const verdict = verdictOnRun([row('a', 2), row('b', null)], []);
  expect(verdict).toEqual({ outcome: 3, figure: '1 of 2 targets; not measured: b' });
});

test('what is missed counts for more than what is not measured, and what is wrong for more than both', () => {
  const rows = [row('a', 0.5), row('b', null)];
  expect(verdictOnRun(rows, [])).toEqual({ outcome: 2, figure: '0 of 2 targets; missed: a; not measured: b' });
  expect(verdictOnRun(rows, ['noise']).outcome).toBe(1);
});

test('of several runs the worst counts', () => {
  expect([[0, 0] as const, [0, 3] as const, [3, 2] as const, [2, 1] as const].map(concluded)).toEqual([0, 3, 2, 1]);
});
