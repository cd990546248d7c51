import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchResult } from '../result.ts';
import { reportOf } from './report.ts';

/** Writes the report with its raw data into a folder, which it makes. */
export async function writeReport(folder: string, result: BenchResult): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'result.json'), `${JSON.stringify(result, null, 1)}\n`);
  for (const [name, text] of Object.entries(reportOf(result))) await writeFile(join(folder, name), text);
}
