import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderTable } from '@eduplatform/local/jobs/table';
import { differencesOf, incomparable, type Difference } from './read-path/differences.ts';
import type { BenchResult } from './read-path/result.ts';
import { formatValue } from './read-path/rows.ts';
import type { Outcome } from './read-path/verdict.ts';

/**
 * Puts two results beside each other and says which differences exceed the noise.
 * @param names folders of results: paths, or names inside `results`
 */
export async function compareResults(
  results: string,
  names: readonly [before: string, after: string],
  print: (line: string) => void,
): Promise<Outcome> {
  const [before, after] = await Promise.all([readResult(results, names[0]), readResult(results, names[1])]);
  for (const { startedAt, machine, versions } of [before, after]) {
    print(`${startedAt}: ${machine}; commit ${versions['commit'] ?? 'unknown'}`);
  }
  if (before.machine.replace(/, load.*/, '') !== after.machine.replace(/, load.*/, '')) {
    print('Two machines: ratios to hello and to baselines can be compared, all else cannot.');
  }
  print('');
  const differences = differencesOf(before, after);
  print(renderTable([['what', 'before', 'after', 'after/before', 'noise', ''], ...differences.map(cellsOf)]));
  const reason = incomparable(before, after);
  if (reason !== null) print(`WRONG: these cannot be compared: ${reason}`);
  const changed = differences.filter(({ isRealChange }) => isRealChange).length;
  print(
    `compare ${reason === null ? 'holds' : 'void'}: ${changed} of ${differences.length} rows differ by more than noise`,
  );
  return reason === null ? 0 : 1;
}

async function readResult(results: string, name: string): Promise<BenchResult> {
  const file = [join(name, 'result.json'), join(results, name, 'result.json')].find(existsSync);
  if (!file) throw new Error(`there is no result "${name}": name a folder of ${results}`);
  return JSON.parse(await readFile(file, 'utf8')) as BenchResult;
}

const cellsOf = ({ what, unit, before, after, ratio, noise, isRealChange }: Difference): string[] => [
  what,
  before === null ? '–' : formatValue(before, unit),
  after === null ? '–' : formatValue(after, unit),
  ratio === null ? '–' : formatValue(ratio, '×'),
  `± ${(noise * 100).toFixed(1)} %`,
  isRealChange ? 'differs' : 'within noise',
];
