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

/** A fault of the list alone. Its name and the seed decide, whatever is played before it. */
export const listedRound = (scenario: Scenario, seed: number): Round => ({
  ...{ title: scenario.name, seed, scenarios: [scenario], disturbances: [] },
  replay: `npm run test:faults -- --seed ${seed} --only "${scenario.name}"`,
});

/** Some faults in a row, with others meanwhile, as the seed decides. */
export function randomRound(scenarios: readonly Scenario[], seed: number): Round {
  const random = new Random(seed);
  const pick = (from: readonly Scenario[], most: number, least: number): Scenario[] =>
    Array.from({ length: least + random.int(most - least + 1) }, () => random.pick(from));
  const chosen = pick(scenarios, MOST_SCENARIOS, 1);
  const disturbances = pick(DISTURBANCES, MOST_DISTURBANCES, 0);
  const named = (all: Scenario[], by: string): string => all.map(({ name }) => name).join(by);
  const meanwhile = disturbances.length > 0 ? `; meanwhile ${named(disturbances, ' and ')}` : '';
  return {
    ...{ seed, scenarios: chosen, disturbances, title: named(chosen, ', then ') + meanwhile },
    replay: `npm run test:faults -- --random --rounds 1 --seed ${seed}`,
  };
}
