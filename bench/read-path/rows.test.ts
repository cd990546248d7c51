import { expect, test } from 'vitest';
import { describeRow, verdictOn, type Row } from './rows.ts';

const row = (some: Partial<Row>): Row => ({
  ...{ id: 'course', what: 'course to hello', value: 0.6, unit: '×', target: { atLeast: 0.5 }, note: '', ...some },
});

test('a row is judged by its target', () => {
  expect(verdictOn(row({}))).toBe('holds');
  expect(verdictOn(row({ value: 0.4 }))).toBe('missed');
  expect(verdictOn(row({ value: null }))).toBe('not measured');
  expect(verdictOn(row({ target: null }))).toBe('for comparison');
});

test('a target is missed when what it presupposes does not hold, whatever the value is', () => {
  const failed = { missedBecause: 'p99 is greater' };
  expect(verdictOn(row(failed))).toBe('missed');
  expect(verdictOn(row({ ...failed, value: null }))).toBe('missed');
  expect(verdictOn(row({ ...failed, target: null }))).toBe('for comparison');
  expect(describeRow(row(failed))).toContain('p99 is greater');
});
