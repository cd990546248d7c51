import { expect, test } from 'vitest';
import { isLong } from '@eduplatform/local/testing/scale';
import { play } from './play.ts';
import { RULES, type Rule } from './rules.ts';

/** EDU_MODEL_SEED plays one seed alone, and those behind it. */
const FIRST = Number(process.env.EDU_MODEL_SEED ?? 1);
const SEEDS = isLong ? 3_000 : 150;
/** Within so many seeds a rule that is switched off has to be missed. */
const SEARCHED = 2_000;

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => FIRST + index);

test('with all rules the sinks come to be as the database, and readers are told nothing that is not so', () => {
  const broken = range(SEEDS).flatMap((seed) => {
    const what = play(seed);
    return what === null ? [] : [`seed ${seed}: ${what}`];
  });
  expect(broken).toEqual([]);
}, 120_000);

test.for(Object.entries(RULES))('without "%s" (%s) it breaks', { timeout: 60_000 }, ([rule]) => {
  const seed = range(SEARCHED).find((each) => isBroken(each, rule as Rule));
  expect(seed, `none of ${SEARCHED} seeds shows it`).toBeDefined();
});

/** Sinks that never come to rest are broken too. */
function isBroken(seed: number, rule: Rule): boolean {
  try {
    return play(seed, rule) !== null;
  } catch {
    return true;
  }
}
