/** What a part of the test run came to. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** "12 passed, 0 failed", with ", 3 skipped" when some are. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** The part of Vitest's JSON report that is counted. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/**
 * Counts a Vitest report. A file that failed without a failed test (it could not be loaded, a hook threw) counts as one
 * failure, and so does a nonzero exit that no test explains.
 */
export function tallyReport(report: VitestReport, exitCode: number): Tally {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: exitCode !== 0 && failed === 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Counts what a program tells in its last line, such as "9 rounds passed, 0 failed, 1 skipped; …". A nonzero exit that this
 * does not explain counts as one failure, and so does a line that tells nothing.
 */
export function tallyLastLine(output: string, exitCode: number): Tally {
  const last = output.trim().split('\n').at(-1) ?? '';
  const [, passed, failed, skipped] = /^(\d+) \w+ passed, (\d+) failed, (\d+) skipped/.exec(last) ?? [];
  const told = { passed: Number(passed ?? 0), failed: Number(failed ?? 0), skipped: Number(skipped ?? 0) };
  const isExplained = passed !== undefined && (exitCode === 0 || told.failed > 0);
  return isExplained ? told : { ...told, failed: told.failed + 1 };
}
