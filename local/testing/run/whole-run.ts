import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { onEndRequest } from '../../supervisor/end-requests.ts';
import { endLeftovers, findLeftovers, RUN_MARKER } from './leftovers.ts';
import type { SectionRun } from './run-section.ts';
import { add, formatTally, nothing, type Tally } from './tally.ts';

export const say = (text: string): void => void process.stdout.write(text);

/**
 * A whole test run: `sections` adds the tally of each section that it has run. The last line is the count; answers the
 * exit code, which says whether all passed. Asked to end, it ends what runs, looks for processes left behind, and fails.
 */
export async function runWhole(sections: (options: SectionRun, tallies: Tally[]) => Promise<void>): Promise<number> {
  const ending = new AbortController();
  const end = () => ending.abort(new Error('asked to end'));
  onEndRequest(end);
  // Who reads the output is gone, with the terminal for example.
  process.stdout.on('error', end);
  // All temporary files of the run lie in one folder, which also marks its processes.
  const directory = await mkdtemp(join(tmpdir(), 'eduplatform-run-'));
  await chmod(directory, 0o711);
  const marker = basename(directory);
  const env = { [RUN_MARKER]: marker, TMPDIR: directory, TMP: directory, TEMP: directory };
  const tallies: Tally[] = [];
  try {
    await sections({ env, directory, say, signal: ending.signal }, tallies);
  } catch (error) {
    if (!ending.signal.aborted) throw error;
  } finally {
    tallies.push(await checkLeftovers(marker, directory));
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
  const total = tallies.reduce(add, nothing);
  say(`\n${ending.signal.aborted ? 'Ended before all had run: ' : ''}${formatTally(total)}\n`);
  return total.failed > 0 || ending.signal.aborted ? 1 : 0;
}

/** A process that outlives the run is a failure: somewhere something is not stopped. */
async function checkLeftovers(marker: string, directory: string): Promise<Tally> {
  if (process.platform === 'win32') {
    say('\nprocesses left behind: not checked on Windows\n');
    return { ...nothing, skipped: 1 };
  }
  const ended = await endLeftovers(await findLeftovers(marker, directory, [process.pid]));
  if (ended.length === 0) {
    say('✓ no process left behind\n');
    return { ...nothing, passed: 1 };
  }
  say(`\n✗ processes left behind (now ended):\n${ended.map((line) => `  ${line}`).join('\n')}\n`);
  return { ...nothing, failed: 1 };
}
