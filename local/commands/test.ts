import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { onEndRequest } from '../supervisor/end-requests.ts';
import { findChromium } from '../testing/run/chromium.ts';
import { endLeftovers, findLeftovers, RUN_MARKER } from '../testing/run/leftovers.ts';
import { countTests, runSection, type SectionRun } from '../testing/run/run-section.ts';
import {
  browser,
  checks,
  generated,
  searchEngine,
  stack,
  unitAndIntegration,
  type Section,
} from '../testing/run/sections.ts';
import { add, formatTally, nothing, type Tally } from '../testing/run/tally.ts';

const CHECKS_AT_ONCE = 2;

const say = (text: string) => void process.stdout.write(text);

/**
 * `npm test [-- SECTION…]`: every check and test; the last line is the count, the exit code says whether all passed.
 * Asked to end, it ends what runs, looks for processes left behind, and fails.
 */
async function main(wanted: string[]): Promise<number> {
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
    await runAll(wanted, { env, directory, say, signal: ending.signal }, tallies);
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

/** Runs the sections one after another and adds the tally of each to `tallies`. */
async function runAll(wanted: string[], options: SectionRun, tallies: Tally[]): Promise<void> {
  const isWanted = ({ name }: Section) => wanted.length === 0 || wanted.includes(name);
  // Also for a single section: what it reads may not be there yet.
  tallies.push(await runSection(generated, options));
  tallies.push(await runChecks(checks.filter(isWanted), options));
  for (const section of [unitAndIntegration, searchEngine, stack].filter(isWanted)) {
    tallies.push(await runSection(section, options));
  }
  if (isWanted(browser)) tallies.push(await runBrowser(options));
}

async function runChecks(sections: Section[], options: SectionRun): Promise<Tally> {
  const waiting = [...sections];
  const worker = async (): Promise<Tally> => {
    let tally = nothing;
    for (let next = waiting.shift(); next; next = waiting.shift()) tally = add(tally, await runSection(next, options));
    return tally;
  };
  const workers = Array.from({ length: CHECKS_AT_ONCE }, worker);
  // Also when one rejects, the other's program has ended before the search for processes left behind.
  await Promise.allSettled(workers);
  return (await Promise.all(workers)).reduce(add, nothing);
}

async function runBrowser(options: SectionRun): Promise<Tally> {
  const chromium = await findChromium(say);
  if (chromium) return runSection(browser, { ...options, env: { ...options.env, CHROMIUM_PATH: chromium } });
  const skipped = await countTests(browser, options);
  say(`\nbrowser: ${skipped} tests skipped, there is no Chromium. Install it, or set CHROMIUM_PATH to its program.\n`);
  return { ...nothing, skipped };
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

process.exit(await main(process.argv.slice(2)));
