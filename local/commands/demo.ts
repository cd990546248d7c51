/**
 * `npm run demo`: faults in the running local stack (Postgres stopped, the indexer killed, Redis flushed, everything rebuilt,
 * the search engine stopped), while readers ask all the time; ends with a comparison of the read models with Postgres.
 */
import { join } from 'node:path';
import { assertOwn, runDemo } from '../demo/run-demo.ts';
import { interruption } from '../jobs/on-interrupt.ts';
import { repositoryRoot, stateDirectory } from '../platform/paths.ts';
import { run } from '../platform/run.ts';
import { readStack, type Stack } from '../supervisor/stack-file.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function stack(): Promise<Stack> {
  const found = await readStack(stateDirectory());
  if (!found) throw new Error('No stack is running here. Begin with npm start.');
  return found;
}

async function main(): Promise<number> {
  assertOwn(await stack());
  say('Readers ask for a course by its key, in a list and by a search, while it is published again and again.');
  const result = await runDemo({ stack, say, signal: interruption() });
  for (const answer of result.wrong) say(`  wrong: ${answer}`);
  const verify = join(repositoryRoot, 'local', 'commands', 'verify.ts');
  const verified = await run({ command: process.execPath, args: [verify] });
  say(`verify: ${verified.output.trim().split('\n').at(-1)}`);
  const { faults, wrong, late, unavailable } = result;
  const fallBack = late.length === 0 ? '' : `; search fell back to lists too late when ${late.join(' and when ')}`;
  say(`${faults} faults, ${wrong.length === 0 ? 'no' : 'some'} wrong answers, ${unavailable} times 503${fallBack}`);
  if (wrong.length > 0 || verified.code !== 0) return 1;
  return late.length > 0 ? 2 : 0;
}

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  say(`demo void: ${error.message.split('\n')[0]}`);
  return 1;
});
