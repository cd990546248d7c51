import { Random } from '@eduplatform/indexer/model/random';
import { DISTURBANCES } from './disturbances.ts';
import type { Scenario } from '../scenario.ts';

/** What a round plays, and how it is played again. */
export interface Round {
  title: string;
  /** Decides all that is left to chance in it. */
  seed: number;
  /** One after another, without a check in between. */
  scenarios: readonly Scenario[];
  /** Meanwhile. */
  disturbances: readonly Scenario[];
  replay: string;
}

const MOST_SCENARIOS = 3;
const MOST_DISTURBANCES = 2;

/** What the faults are chosen from, and the arguments of the command that chose so. */
export interface Pool {
  scenarios: readonly Scenario[];
  flags: readonly string[];
}

const again = (...args: (string | number)[]): string => ['npm run test:faults --', ...args].join(' ');

/** A fault of the list alone. Its name and the seed decide, whatever is played before it. */
export const listedRound = (scenario: Scenario, seed: number, { flags }: Pool): Round => ({
  ...{ title: scenario.name, seed, scenarios: [scenario], disturbances: [] },
  replay: again(
    '--seed',
    seed,
    '--rounds 1',
    ...flags.filter((flag) => !flag.startsWith('--only')),
    onlyFlag(scenario.name),
  ),
});

/** As it is written on the command line. */
export const onlyFlag = (text: string): string => `--only "${text}"`;

/** Some faults in a row, with others meanwhile, as the seed decides. */
export function randomRound({ scenarios, flags }: Pool, seed: number): Round {
  const random = new Random(seed);
  const pick = (from: readonly Scenario[], most: number, least: number): Scenario[] =>
    Array.from({ length: least + random.int(most - least + 1) }, () => random.pick(from));
  const chosen = pick(scenarios, MOST_SCENARIOS, 1);
  const disturbances = pick(DISTURBANCES, MOST_DISTURBANCES, 0);
  const named = (all: Scenario[], by: string): string => all.map(({ name }) => name).join(by);
  const meanwhile = disturbances.length > 0 ? `; meanwhile ${named(disturbances, ' and ')}` : '';
  return {
    ...{ seed, scenarios: chosen, disturbances, title: named(chosen, ', then ') + meanwhile },
    replay: again('--random --rounds 1 --seed', seed, ...flags),
  };
}
