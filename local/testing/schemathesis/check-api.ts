import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../platform/paths.ts';
import { run } from '../../platform/run.ts';
import { add, nothing, type Tally } from '../run/tally.ts';

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
const MAX_MS = 300_000;
const LONGEST_TEXT = 300;
/** Answers that have no end. */
const STREAMS = '/stream$';
/** What ends the session that all other operations are sent in: sent in a run of its own, after them. */
const ENDING = '/logout-everywhere$';

/**
 * Sends what the API's committed document allows, and what it does not, to every operation. What is counted are
 * operations; one fails that answers with 5xx, or with a status, type or body that its document does not name.
 */
export async function checkApi(api: ApiUnderTest, options: CheckOptions): Promise<Tally & { output: string }> {
  const { name, token } = api;
  const committed = await readFile(join(repositoryRoot, 'docs', 'openapi', `${name}.json`), 'utf8');
  const document = join(options.directory, `openapi-${name}.json`);
  await writeFile(document, withSimpleTexts(committed));
  const most = await send(document, api, ['--exclude-path-regex', `${STREAMS}|${ENDING}`], options);
  if (!Object.keys((JSON.parse(committed) as { paths: object }).paths).some((path) => new RegExp(ENDING).test(path)))
    return most;
  const answer = await fetch(`${api.url}/v1/auth/sessions`, { headers: { authorization: `Bearer ${token}` } });
  const isSignedIn = answer.ok ? nothing : { ...nothing, failed: 1 };
  const lost = answer.ok ? '' : `${name}: the sign-in did not last, so that the answers say nothing\n`;
  const last = await send(document, api, ['--include-path-regex', ENDING], options);
  return { ...add(add(most, isSignedIn), last), output: `${most.output}\n${lost}${last.output}` };
}

/** One run of the program. */
async function send(
  document: string,
  { name, url, token }: ApiUnderTest,
  paths: string[],
  { program, directory, signal }: CheckOptions,
): Promise<Tally & { output: string }> {
  const report = join(await mkdtemp(join(directory, 'schemathesis-')), `${name}.xml`);
  const args = [
    ...['run', document, '--url', url, '--header', `Authorization: Bearer ${token}`],
    ...['--phases', 'examples,coverage,fuzzing', '--checks', CHECKS, ...paths],
    ...['--max-examples', String(EXAMPLES), '--request-timeout', '40'],
    ...['--continue-on-failure', '--generation-deterministic', '--no-color'],
    ...['--no-shrink', '--warnings', 'off', '--report', 'junit', '--report-junit-path', report],
  ];
  const deadline = AbortSignal.timeout(MAX_MS);
  const { output } = await run({ command: program, args, cwd: directory }, AbortSignal.any([signal, deadline])).catch(
    (error: unknown) => {
      if (signal.aborted || !deadline.aborted) throw error;
      return { output: `${name}: schemathesis did not end within ${MAX_MS / 1000} s` };
    },
  );
  return { ...tallyOf(await readFile(report, 'utf8').catch(() => '')), output };
}

/**
 * The document with short texts of any characters: to make up a lesson of 200,000 characters of which none is a control
 * character and one is not a space takes longer than all else.
 */
const withSimpleTexts = (document: string): string =>
  JSON.stringify(JSON.parse(document), (key, value: unknown) => {
    if (key === 'maxLength' && typeof value === 'number') return Math.min(value, LONGEST_TEXT);
    return key === 'pattern' && String(value).includes('[^\\u0000') ? undefined : value;
  });

/** Counts a JUnit report; without one the whole run has failed. */
export function tallyOf(junit: string): Tally {
  const [, attributes = ''] = /<testsuites\b([^>]*)>/.exec(junit) ?? /<testsuite\b([^>]*)>/.exec(junit) ?? [];
  const count = (name: string): number => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  if (count('tests') === 0) return { passed: 0, failed: 1, skipped: 0 };
  return { passed: count('tests') - failed - count('skipped'), failed, skipped: count('skipped') };
}
