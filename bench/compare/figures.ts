import { isControlled, ratios, spreadOf, type Spread } from '../read-path/ratios.ts';
import { formatValue } from '../read-path/rows.ts';

export const NAMES = ['first version on SQL', 'tuned SQL', 'read API', 'read API again'] as const;
export type Name = (typeof NAMES)[number];

export interface Burst {
  requestsPerSecond: number;
  p99Ms: number;
}

/** What was measured of one subject: the bursts of each contender, by round. */
export interface Measured {
  what: string;
  bursts: Record<Name, Burst[]>;
}

/** One contender at one subject, in the middle of its rounds. */
export interface Figure {
  name: Name;
  requestsPerSecond: number;
  p99Ms: number;
  /** Of its requests per second to those of the first version, by round. */
  toFirst: number;
}

export interface Comparison {
  subjects: { what: string; figures: Figure[] }[];
  /** Two processes of the read API, one against the other, over all subjects. */
  control: Spread;
  isControlled: boolean;
}

const rates = (bursts: readonly Burst[]): number[] => bursts.map(({ requestsPerSecond }) => requestsPerSecond);

export function compareBursts(measured: readonly Measured[]): Comparison {
  const control = spreadOf(
    measured.flatMap(({ bursts }) => ratios(rates(bursts['read API again']), rates(bursts['read API']))),
  );
  const subjects = measured.map(({ what, bursts }) => ({
    what,
    figures: NAMES.map((name) => ({
      name,
      requestsPerSecond: spreadOf(rates(bursts[name])).median,
      p99Ms: spreadOf(bursts[name].map(({ p99Ms }) => p99Ms)).median,
      toFirst: spreadOf(ratios(rates(bursts[name]), rates(bursts['first version on SQL']))).median,
    })),
  }));
  return { subjects, control, isControlled: isControlled(control) };
}

/** Autocannon counts whole milliseconds. */
export const describeP99 = (milliseconds: number): string =>
  milliseconds < 1 ? '< 1 ms' : formatValue(Math.round(milliseconds), 'ms').replace(/\.0+ /, ' ');

/** Rows for the terminal. */
export const tableOf = ({ subjects }: Comparison): string[][] => [
  ['', 'requests/s', 'p99', 'to the first version'],
  ...subjects.flatMap(({ what, figures }) => [
    [what, '', '', ''],
    ...figures.map(({ name, requestsPerSecond, p99Ms, toFirst }) => [
      `  ${name}`,
      Math.round(requestsPerSecond).toLocaleString('en-US'),
      describeP99(p99Ms),
      formatValue(toFirst, '×'),
    ]),
  ]),
];
