/** `npm run bench:compare -- A B`: two results of `npm run bench` side by side, and which differences exceed the noise. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareResults } from '@eduplatform/bench/compare-results';
import { repositoryRoot } from '../platform/paths.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const [before, after, ...more] = parseArgs({ allowPositionals: true }).positionals;
  if (!before || !after || more.length > 0) throw new Error('Which two? npm run bench:compare -- BEFORE AFTER');
  process.exitCode = await compareResults(join(repositoryRoot, 'bench', 'results'), [before, after], print);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  print(`compare void: ${(error as Error).message.split('\n')[0]}`);
  process.exitCode = 1;
}
