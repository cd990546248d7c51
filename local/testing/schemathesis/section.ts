import { signIn } from '@eduplatform/bench/freshness/load';
import type { SectionRun } from '../run/run-section.ts';
import { add, nothing, type Tally } from '../run/tally.ts';
import { createTestStack } from '../stack.ts';
import { checkApi, type ApiUnderTest } from './check-api.ts';
import { installSchemathesis } from './install.ts';

const APIS = ['read-api', 'write-api'] as const;

/** Property tests of both APIs against their OpenAPI documents, on a stack of their own; skipped where there is no Python. */
export async function runSchemathesis({ directory, env, say, signal }: SectionRun): Promise<Tally> {
  say('\nschemathesis\n');
  const installed = await installSchemathesis(say, signal);
  if ('reason' in installed) {
    say(`schemathesis: ${APIS.length} documents skipped, ${installed.reason}.\n`);
    return { ...nothing, skipped: APIS.length };
  }
  // One caller sends what a school would.
  const stack = await createTestStack({ ...env, RATE_LIMIT_FACTOR: '1000000' });
  try {
    await stack.start();
    const [readApi, writeApi] = await Promise.all([stack.service('readApi'), stack.service('writeApi')]);
    const token = await signIn(writeApi.url);
    let tally = nothing;
    for (const api of [
      { name: 'read-api', url: readApi.url, token },
      { name: 'write-api', url: writeApi.url, token },
    ] satisfies ApiUnderTest[]) {
      const { output, ...found } = await checkApi(api, { program: installed.program, directory, signal });
      if (found.failed > 0) say(`${output}\n`);
      say(
        `${found.failed > 0 ? '✗' : '✓'} ${api.name}: ${found.passed} of ${found.passed + found.failed} operations\n`,
      );
      tally = add(tally, found);
    }
    return tally;
  } finally {
    await stack.remove();
  }
}
