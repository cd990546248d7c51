/**
 * `npm run test:faults [-- --rounds N --seed S --only TEXT --short]`: faults in real processes while eight clients write;
 * after each, Postgres, Redis and the search engine are compared document by document.
 */
import { parseArgs } from 'node:util';
import { NOT_PLAYED, runFaults, SCENARIOS } from '../faults/run-faults.ts';
import { interruption } from '../jobs/on-interrupt.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      short: { type: 'boolean' },
    },
  });
  const chosen = SCENARIOS.filter(
    ({ name, isShort }) => (!values.short || isShort) && name.includes(values.only ?? ''),
  );
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const rounds = Number(values.rounds ?? chosen.length);
  if (chosen.length === 0) throw new Error(`no fault is called "${values.only}"`);
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(rounds)) throw new Error('--seed and --rounds take numbers');
  say(`seed ${seed}; ${rounds} rounds of ${chosen.length} faults`);
  const isLong = !values.short;
  const result = await runFaults({ seed, rounds, scenarios: chosen, isLong, say, signal: interruption() });
  for (const why of NOT_PLAYED) say(`- skipped: ${why}`);
  const { passed, failed, commands } = result;
  const skipped = result.skipped + NOT_PLAYED.length;
  say(
    `${passed} faults passed, ${failed.length} failed, ${skipped} skipped; ${commands} acknowledged writes; seed ${seed}`,
  );
  return failed.length > 0 || passed === 0 ? 1 : 0;
}

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  say(`faults void: ${error.message.split('\n')[0]}`);
  return 1;
});
