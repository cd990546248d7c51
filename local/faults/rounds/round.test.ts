import { expect, test } from 'vitest';
import type { Scenario } from '../scenario.ts';
import { listedRound, randomRound, type Round } from './round.ts';

const scenarios: Scenario[] = ['one', 'two', 'three'].map((name) => ({ name, run: async () => {} }));
const pool = { scenarios, flags: ['--short'] };
const [first] = scenarios;
const namesIn = (round: Round): string[] => [...round.scenarios, ...round.disturbances].map(({ name }) => name);

test('the same seed chooses the same faults, and another seed others', () => {
  const rounds = Array.from({ length: 20 }, (_, seed) => randomRound(pool, seed));
  expect(rounds.map(namesIn)).toEqual(rounds.map(({ seed }) => namesIn(randomRound(pool, seed))));
  expect(new Set(rounds.map(({ title }) => title)).size).toBeGreaterThan(10);
});

test('a random round is played again by its own seed, whatever came before it', () => {
  expect(randomRound(pool, 7).replay).toBe('npm run test:faults -- --random --rounds 1 --seed 7 --short');
});

test('a fault of the list is played again by its name, as it was chosen', () => {
  if (!first) throw new Error('there is no scenario');
  const { replay } = listedRound(first, 3, { scenarios, flags: ['--short', '--only "o"'] });
  expect(replay).toBe('npm run test:faults -- --seed 3 --rounds 1 --short --only "one"');
});
