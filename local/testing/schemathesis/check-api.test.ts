import { expect, it } from 'vitest';
import { tallyOf } from './check-api.ts';

it('counts operations', () => {
  const report =
    '<?xml version="1.0"?><testsuites disabled="0" errors="1" failures="2" tests="30" time="9"><testsuite/>';
  expect(tallyOf(report)).toEqual({ passed: 27, failed: 3, skipped: 0 });
});

it('is a failure when there is no report, or one of nothing', () => {
  expect(tallyOf('')).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(tallyOf('<testsuites tests="0" failures="0" errors="0">').failed).toBe(1);
});
