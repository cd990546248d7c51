import { expect, test } from 'vitest';
import { differencesOf, incomparable } from './differences.ts';
import type { BenchResult } from './result.ts';

const result = (value: number, control = 1.02, width = 0.02): BenchResult => ({
  ...{ format: 1, startedAt: '2026-11-30T12:00:00Z', seconds: 1, machine: '', pinning: '', versions: {} },
  settings: { scale: 'small', rounds: 9, seconds: 3, courses: 1000 },
  controls: { 'keyed reads': { median: control, low: control, high: control } },
  rows: [
    {
      ...{ id: 'course', what: 'course to hello', value, unit: '×', target: { atLeast: 0.5 }, note: '' },
      spread: { median: value, low: value * (1 - width), high: value * (1 + width) },
    },
  ],
  ...{ series: {}, curves: {}, freshness: {}, capacities: {}, wrong: [] },
});

test('what differs by more than equal programs do is a change', () => {
  const [change] = differencesOf(result(0.4), result(0.5));
  expect(change).toMatchObject({ before: 0.4, after: 0.5, isRealChange: true });
  expect(change?.ratio).toBeCloseTo(1.25);
});

test('a difference that the control or the rounds explain is noise', () => {
  const small = { ratio: expect.closeTo(1.03) as number, isRealChange: false };
  expect(differencesOf(result(0.5), result(0.515))[0]).toMatchObject(small);
  expect(differencesOf(result(0.5, 1.09), result(0.55))[0]?.isRealChange).toBe(false);
  expect(differencesOf(result(0.5, 1, 0.2), result(0.55))[0]?.isRealChange).toBe(false);
});

test('a control that is no rate says nothing of rates', () => {
  const noisy = result(0.5);
  noisy.controls['writes'] = { median: 1.19, low: 1, high: 1.3, within: { low: 0.8, high: 1.2 } };
  expect(differencesOf(noisy, result(0.55))[0]?.isRealChange).toBe(true);
});

test('void results and other scales are not compared', () => {
  expect(incomparable(result(1), { ...result(1), wrong: ['noise'] })).toContain('void');
  const medium = { ...result(1), settings: { ...result(1).settings, scale: 'medium' } };
  expect(incomparable(result(1), medium)).toContain('medium');
  expect(incomparable(result(1), result(2))).toBeNull();
});
