import { findChromium } from '../testing/run/chromium.ts';
import { countTests, runSection, type SectionRun } from '../testing/run/run-section.ts';
import {
  browser,
  checks,
  faults,
  generated,
  searchEngine,
  stack,
  unitAndIntegration,
  type Section,
} from '../testing/run/sections.ts';
import { add, nothing, type Tally } from '../testing/run/tally.ts';
import { runWhole, say } from '../testing/run/whole-run.ts';

const CHECKS_AT_ONCE = 2;

/** Runs the sections one after another and adds the tally of each to `tallies`. */
async function runAll(wanted: string[], options: SectionRun, tallies: Tally[]): Promise<void> {
  const isWanted = ({ name }: Section) => wanted.length === 0 || wanted.includes(name);
  // Also for a single section: what it reads may not be there yet.
  tallies.push(await runSection(generated, options));
  tallies.push(await runChecks(checks.filter(isWanted), options));
  for (const section of [unitAndIntegration, searchEngine, faults, stack].filter(isWanted)) {
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

/** `npm test [-- SECTION…]`: every check and test. */
process.exit(await runWhole((options, tallies) => runAll(process.argv.slice(2), options, tallies)));
