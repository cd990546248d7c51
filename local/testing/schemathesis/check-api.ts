import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../platform/paths.ts';
import { run } from '../../platform/run.ts';
import type { Tally } from '../run/tally.ts';

export interface ApiUnderTest {
  name: 'read-api' | 'write-api';
  url: string;
  /** Access token that the requests carry. */
  token: string;
}

export interface CheckOptions {
  program: string;
  /** For files of this run. */
  directory: string;
  signal: AbortSignal;
}

const CHECKS = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance';
const EXAMPLES = 15;
const MAX_SECONDS = 300;
/** Answers that have no end. */
const STREAMS = '/stream$';

/**
 * Sends what the API's committed document allows, and what it does not, to every operation. What is counted are
 * operations; one fails that answers with 5xx, or with a status, type or body that its document does not name.
 */
export async function checkApi(
  { name, url, token }: ApiUnderTest,
  { program, directory, signal }: CheckOptions,
): Promise<Tally & { output: string }> {
  const document = join(repositoryRoot, 'docs', 'openapi', `${name}.json`);
  const report = join(directory, `schemathesis-${name}.xml`);
  const args = [
    ...['run', document, '--url', url, '--header', `Authorization: Bearer ${token}`],
    ...['--phases', 'examples,coverage,fuzzing', '--checks', CHECKS, '--exclude-path-regex', STREAMS],
    ...['--max-examples', String(EXAMPLES), '--max-time', String(MAX_SECONDS), '--request-timeout', '40'],
    ...['--continue-on-failure', '--generation-deterministic', '--generation-database', 'none', '--no-color'],
    ...['--no-shrink', '--warnings', 'off', '--report', 'junit', '--report-junit-path', report],
  ];
  const { output } = await run({ command: program, args, cwd: directory }, signal);
  return { ...tallyOf(await readFile(report, 'utf8').catch(() => '')), output };
}

/** Counts a JUnit report; without one the whole run has failed. */
export function tallyOf(junit: string): Tally {
  const [, attributes = ''] = /<testsuites\b([^>]*)>/.exec(junit) ?? /<testsuite\b([^>]*)>/.exec(junit) ?? [];
  const count = (name: string): number => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  if (count('tests') === 0) return { passed: 0, failed: 1, skipped: 0 };
  return { passed: count('tests') - failed - count('skipped'), failed, skipped: count('skipped') };
}
