import { percentile } from '../histogram.ts';

/** The middle of several rounds, and between which values the middle half of them lies. */
export interface Spread {
  median: number;
  low: number;
  high: number;
}

export const spreadOf = (values: readonly number[]): Spread => ({
  median: percentile(values, 0.5),
  low: percentile(values, 0.25),
  high: percentile(values, 0.75),
});

/** The ratio of two contenders round by round: what the machine does meanwhile changes slowly and meets both. */
export const ratios = (of: readonly number[], to: readonly number[]): number[] =>
  of.map((value, round) => value / (to[round] ?? Number.NaN));

/** What two processes of the same program may differ by before nothing can be told from a difference. */
export const CONTROL = { low: 0.9, high: 1.1 } as const;

/** The same measured twice, one against the other. */
export interface Control extends Spread {
  /** What it may be where rates are not what is compared; else `CONTROL`. */
  within?: { low: number; high: number };
}

export const boundsOf = ({ within = CONTROL }: Control): { low: number; high: number } => within;

export function isControlled(control: Control): boolean {
  const { low, high } = boundsOf(control);
  return control.median >= low && control.median <= high;
}

/** Contenders in the order of a round: forwards and backwards in turns, each time beginning with the next one. */
export function orderOf<T>(contenders: readonly T[], round: number): T[] {
  const start = Math.floor(round / 2) % contenders.length;
  const rotated = [...contenders.slice(start), ...contenders.slice(0, start)];
  return round % 2 === 0 ? rotated : rotated.reverse();
}
