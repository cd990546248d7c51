import { createRandom, hashText, type Random } from '../generate/random.ts';

/**
 * The random numbers of one thing: they depend on the seed and on its name alone, not on what was generated before it. So
 * a load that is carried on, or split among connections, makes the same rows.
 */
export const randomOf = (seed: number, ...name: (string | number)[]): Random =>
  createRandom(hashText(`${seed} ${name.join(' ')}`));
