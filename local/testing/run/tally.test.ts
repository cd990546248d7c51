import { expect, test } from 'vitest';
import { add, formatTally, tallyLastLine, tallyReport, type VitestReport } from './tally.ts';

const report: VitestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
};

test('skipped tests are named only when there are some', () => {
  expect(formatTally({ passed: 2, failed: 0, skipped: 0 })).toBe('2 passed, 0 failed');
  expect(formatTally({ passed: 2, failed: 1, skipped: 4 })).toBe('2 passed, 1 failed, 4 skipped');
});

test('a report counts passed, failed and skipped tests', () => {
  expect(tallyReport(report, 0)).toEqual({ passed: 3, failed: 0, skipped: 2 });
});

test('a file that could not be loaded is a failure', () => {
  const testResults = [...report.testResults, { status: 'failed', assertionResults: [] }];
  expect(tallyReport({ ...report, testResults }, 1).failed).toBe(1);
});

test('a nonzero exit that no test explains is a failure', () => {
  expect(tallyReport(report, 1).failed).toBe(1);
});

test('tallies add up', () => {
  expect(add({ passed: 1, failed: 2, skipped: 3 }, { passed: 4, failed: 5, skipped: 6 })).toEqual({
    passed: 5,
    failed: 7,
    skipped: 9,
  });
});

test('the last line of a program that counts by itself is what it came to', () => {
  const output = 'one\n9 rounds passed, 0 failed, 1 skipped; seed 1\n';
  expect(tallyLastLine(output, 0)).toEqual({ passed: 9, failed: 0, skipped: 1 });
  expect(tallyLastLine(output, 1).failed).toBe(1);
  expect(tallyLastLine('faults void: no space left\n', 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(tallyLastLine('', 0).failed).toBe(1);
});
