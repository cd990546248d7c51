import type { Burst } from '../load/burst.ts';
import type { Contender } from './contenders.ts';
import { measure, warmUp, type Measurement, type Measuring } from './measure.ts';
import { orderOf, spreadOf } from './ratios.ts';
import { formatValue } from './rows.ts';

/** A contender with what it is asked: one that takes part in the rounds. */
export interface Entry extends Omit<Burst, 'url' | 'seconds'> {
  name: string;
  contender: Contender;
}

/** What an entry did in each round. */
export interface Series {
  name: string;
  rounds: Measurement[];
}

export const ratesOf = (series: Series | undefined): number[] =>
  series?.rounds.map(({ requestsPerSecond }) => requestsPerSecond) ?? [];

/** Medians, as they stand beside a ratio: requests per second, and CPU for one of them. */
export function describeSeries(series: Series | undefined): string {
  if (!series) return '';
  const rate = spreadOf(ratesOf(series)).median;
  const cpu = spreadOf(series.rounds.flatMap(({ cpuUs }) => (cpuUs === null ? [] : [cpuUs]))).median;
  const cost = Number.isNaN(cpu) ? '' : `, ${formatValue(cpu, 'µs CPU')}`;
  return `${series.name} ${formatValue(rate, 'requests/s')}${cost}`;
}

export interface RoundOptions {
  rounds: number;
  /** Of one burst. */
  seconds: number;
  warmUpSeconds: number;
  onBurst: (name: string) => void;
}

/** Bursts that the rounds of so many entries take, warming up included. */
export const burstsOf = (entries: number, { rounds }: Pick<RoundOptions, 'rounds'>): number => entries * (rounds + 1);

/** Warms all entries up, then measures them in turns, each round in another order. */
export async function playRounds(measuring: Measuring, entries: readonly Entry[], options: RoundOptions) {
  for (const { contender, name, ...asked } of entries) {
    options.onBurst(name);
    await warmUp(measuring, contender, { ...asked, seconds: options.warmUpSeconds });
  }
  const series = new Map<string, Series>(entries.map(({ name }) => [name, { name, rounds: [] }]));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const { contender, name, ...asked } of orderOf(entries, round)) {
      options.onBurst(name);
      const measurement = await measure(measuring, contender, { ...asked, seconds: options.seconds });
      series.get(name)?.rounds.push(measurement);
    }
  }
  return series;
}
