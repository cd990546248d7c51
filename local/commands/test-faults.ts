/**
 * `npm run test:faults [-- --rounds N --seed S --only TEXT --from N --random --short --reads N]`: faults in real processes while
 * eight clients write and others read what was just written; after each, Postgres, Redis and the search engine are
 * compared document by document.
 */
import { parseArgs } from 'node:util';
import { answered, runFaults } from '../faults/run-faults.ts';
import { onlyFlag } from '../faults/rounds/round.ts';
import { SCENARIOS } from '../faults/scenarios/all.ts';
import type { Scenario } from '../faults/scenario.ts';
import { interruption } from '../jobs/on-interrupt.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Reads with a token that the whole list must come to; the short form reads as many as it has time for. */
const READS = 100_000;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      ...{
        rounds: { type: 'string' },
        seed: { type: 'string' },
        only: { type: 'string' },
        from: { type: 'string' },
        reads: { type: 'string' },
      },
      ...{ random: { type: 'boolean' }, short: { type: 'boolean' } },
    },
  });
  const { only = '', random: isRandom = false, short: isShort = false } = values;
  const from = numberOf('from', values.from, 1);
  const isChosen = (scenario: Scenario) => (!isShort || scenario.isShort) && scenario.name.includes(only);
  const scenarios = SCENARIOS.filter(isChosen).slice(Math.max(from - 1, 0));
  if (scenarios.length === 0) throw new Error(`no fault is called "${only}", or there are fewer than ${from}`);
  const isWhole = !isShort && !isRandom && only === '' && from === 1;
  const seed = numberOf('seed', values.seed, Math.floor(Math.random() * 2 ** 31));
  const rounds = numberOf('rounds', values.rounds, scenarios.length);
  const reads = numberOf('reads', values.reads, isWhole && values.rounds === undefined ? READS : 0);
  say(`seed ${seed}; ${rounds} rounds of ${scenarios.length} faults`);
  const flags = [...(isShort ? ['--short'] : []), ...(only === '' ? [] : [onlyFlag(only)])];
  const options = { seed, rounds, isRandom, reads, pool: { scenarios, flags }, isLong: !isShort };
  const result = await runFaults({ ...options, say, signal: interruption() });
  const { passed, failed, skipped, commands } = result;
  const { violation, stale, degraded, unavailable } = result.reads;
  say(
    `read-your-writes: ${violation} violations in ${answered(result.reads)} reads with a token, of which ${stale} said that they are stale and ${degraded} were degraded; ${unavailable} times 503`,
  );
  for (const { title, replay } of failed) say(`failed: ${title}\n  again: ${replay}`);
  say(
    `${passed} rounds passed, ${failed.length} failed, ${skipped} skipped; ${commands} acknowledged writes; seed ${seed}`,
  );
  return failed.length > 0 || violation > 0 || passed === 0 ? 1 : 0;
}

function numberOf(name: string, text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} takes a number`);
  return number;
}

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  say(`faults void: ${error.message.split('\n')[0]}`);
  return 1;
});
