import { setTimeout as delay } from 'node:timers/promises';
import { startBaselineContender } from '../baseline-contenders.ts';
import { startReadApi } from '../contenders.ts';
import type { Bench, Part, PartResult } from '../part.ts';
import { ratios, spreadOf } from '../ratios.ts';
import { pageRequests } from '../requests.ts';
import { burstsOf, describeSeries, playRounds, ratesOf, type Series } from '../rounds.ts';
import type { Row } from '../rows.ts';
import { sweep, sweepSteps, type Curve } from '../sweep.ts';
import { withContenders, type Enter } from '../with-contenders.ts';
import { readCpu } from '../../usage.ts';

const CONNECTIONS = 64;
/** For the line of throughput against p99. */
const SWEPT = [1, 4, 16, 64];
const OURS = 'read API';
const AGAIN = 'read API again';
/** Of the seconds of a burst: the whole run has ten minutes. */
const SHARE = 2 / 3;
const TARGET = 3;
/** Percent of a core: what the clock of a system cannot tell from nothing. */
const NO_CPU_PERCENT = 1;

/** The pages of a lesson (course, curriculum, lesson) from the read models and from SQL. */
export const pages: Part = {
  name: 'pages',
  growsWithData: true,
  rows: ['pages', 'pages-postgres'],
  steps: ({ rounds }) => burstsOf(3, { rounds }) + 3 * sweepSteps({ connections: SWEPT }),
  run: (bench) => withContenders((enter) => compare(bench, enter)),
};

async function compare(bench: Bench, enter: Enter): Promise<PartResult> {
  const { arena, measuring, courses, rounds, warmUpSeconds, step, wanted } = bench;
  const seconds = bench.seconds * SHARE;
  const idle = await idlePercent(measuring.others.Postgres, bench.seconds);
  const contenders = [
    await enter(startReadApi(arena, OURS)),
    await enter(startReadApi(arena, AGAIN)),
    await enter(startBaselineContender(arena, 'tuned', 'tuned')),
  ];
  const first = await enter(startBaselineContender(arena, 'first', 'first'));
  const requests = pageRequests(courses);
  const entries = contenders.map((contender) => ({
    ...{ name: contender.name, contender, requests, connections: CONNECTIONS },
  }));
  const series = await playRounds(measuring, entries, { rounds, seconds, warmUpSeconds, onBurst: step });
  const options = { requests, connections: SWEPT, seconds: seconds / 3, warmUpSeconds: seconds / 3, onBurst: step };
  const curves: Curve[] = [];
  for (const contender of [...contenders.filter(({ name }) => name !== AGAIN), first]) {
    curves.push(await sweep(measuring, contender, options));
  }
  const rates = (name: string): number[] => ratesOf(series.get(name));
  const control = spreadOf(ratios(rates(AGAIN), rates(OURS)));
  const rows = [ratioRow(series), postgresRow(series, idle)];
  return { rows: rows.filter(({ id }) => wanted.has(id)), series: [...series.values()], curves, control };
}

function ratioRow(series: ReadonlyMap<string, Series>): Row {
  const rates = (name: string): number[] => ratesOf(series.get(name));
  const spread = spreadOf(ratios(rates(OURS), rates('tuned')));
  return {
    ...{ id: 'pages', what: 'course + curriculum + lesson to the tuned baseline', value: spread.median, unit: '×' },
    ...{ target: { atLeast: TARGET }, spread },
    note: [OURS, 'tuned'].map((name) => describeSeries(series.get(name))).join('; '),
  };
}

/** What Postgres does for readers, beyond what it does when nobody reads. */
function postgresRow(series: ReadonlyMap<string, Series>, idle: number): Row {
  const shares = (name: string): number[] =>
    series.get(name)?.rounds.flatMap(({ otherCpuUs, requestsPerSecond }) => {
      const us = otherCpuUs?.Postgres;
      return us === undefined ? [] : [(us * requestsPerSecond) / 10_000];
    }) ?? [];
  const ours = shares(OURS);
  const mean = ours.reduce((sum, share) => sum + share, 0) / ours.length;
  const row = { id: 'pages-postgres', what: 'Postgres’ CPU for these reads, over idle', unit: '% of a core' };
  if (ours.length === 0) return { ...row, value: null, target: { atMost: NO_CPU_PERCENT }, note: NO_CLOCK };
  const theirs = spreadOf(shares('tuned')).median;
  return {
    ...{ ...row, value: Math.max(0, mean - idle), target: { atMost: NO_CPU_PERCENT } },
    note: `idle ${idle.toFixed(2)} %; under the tuned baseline ${theirs.toFixed(0)} %`,
  };
}

const NO_CLOCK = 'this system does not tell what processes use';

/** Percent of a core that a process uses while nobody reads. */
async function idlePercent(pid: number | undefined, seconds: number): Promise<number> {
  const [before, startedAt] = [await readCpu(), performance.now()];
  await delay(seconds * 1000);
  const after = await readCpu();
  return ((after(pid) - before(pid)) / (performance.now() - startedAt)) * 100_000;
}
