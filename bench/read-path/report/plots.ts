import { Latencies } from '../../load/latencies.ts';
import { spreadOf } from '../ratios.ts';
import type { BenchResult } from '../result.ts';
import type { Series } from '../rounds.ts';
import type { Curve } from '../sweep.ts';
import { barPlot } from './plots/bar-plot.ts';
import { linePlot, type Axis, type Line } from './plots/line-plot.ts';
import { linearScale, logScale } from './plots/scale.ts';

export interface Plot {
  file: string;
  /** What it shows, in a sentence. */
  caption: string;
  svg: string;
}

/** Below this share the tail of a distribution is drawn, above it there is nothing to be seen. */
const LAST_SHARE = 0.9999;
const percent = (share: number): string => `${(share * 100).toLocaleString('en-US', { maximumFractionDigits: 2 })} %`;
const short = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 3 });

/** The plots that a result has the data of. */
export function plotsOf(result: BenchResult): Plot[] {
  return [
    ...latencyPlots(result),
    ...Object.entries(result.curves).map(([part, curves]) => throughputPlot(part, curves)),
    ...cpuPlots(result),
    ...freshnessPlots(result),
  ];
}

/**
 * Shares on an axis that gives each further nine as much room as the one before: 90 %, 99 % and 99.9 % are what a
 * latency is judged by.
 */
const SHARES: Axis = {
  title: 'answered within',
  scale: {
    at: (share) => Math.min(1, Math.log10(1 - Math.min(share, LAST_SHARE)) / Math.log10(1 - LAST_SHARE)),
    ticks: [0, 0.5, 0.9, 0.99, 0.999, LAST_SHARE],
  },
  format: percent,
};

const distribution = (name: string, latencies: Latencies): Line => ({
  name,
  points: latencies.distribution().map(({ milliseconds, share }) => ({ x: milliseconds, y: share })),
});

function distributionPlot(title: string, unit: string, lines: Line[]): string {
  const all = lines.flatMap(({ points }) => points.map(({ x }) => x));
  const x = { title: unit, scale: logScale(Math.min(...all), Math.max(...all)), format: short };
  return linePlot({ title, x, y: SHARES, lines });
}

function latencyPlots({ series }: BenchResult): Plot[] {
  const lines = (series['writes'] ?? []).map(({ name, rounds }) =>
    distribution(name, Latencies.of(...rounds.map(({ latencies }) => latencies))),
  );
  if (lines.length === 0) return [];
  return [
    {
      file: 'latency.svg',
      caption:
        'How long readers of pages wait at the same steady rate, while nobody writes and while Postgres is saturated with writes. Each line climbs as fast as its answers come: the further left, the better.',
      svg: distributionPlot('Latency of pages at a steady rate', 'milliseconds', lines),
    },
  ];
}

function throughputPlot(part: string, curves: Curve[]): Plot {
  const points = curves.flatMap((curve) => curve.points);
  const title = `Throughput against p99: ${part}`;
  const axisOf = (values: number[], name: string): Axis => ({
    title: name,
    scale: logScale(Math.min(...values), Math.max(...values)),
    format: short,
  });
  return {
    file: `throughput-${part}.svg`,
    caption: `${title}. Each point is one number of connections (${[...new Set(points.map(({ connections }) => connections))].join(', ')}): further right is more answers, further down is sooner.`,
    svg: linePlot({
      title,
      x: axisOf(
        points.map(({ requestsPerSecond }) => requestsPerSecond),
        'requests per second',
      ),
      y: axisOf(
        points.map(({ p99Ms }) => p99Ms),
        'p99 in milliseconds',
      ),
      lines: curves.map(({ name, points: own }) => ({
        name,
        points: own.map(({ requestsPerSecond, p99Ms }) => ({ x: requestsPerSecond, y: p99Ms })),
      })),
      hasDots: true,
    }),
  };
}

const KINDS = ['server', 'Redis', 'Postgres', 'search'] as const;

/** Microseconds of CPU for one request, by who used them; null where the system does not tell. */
export function cpuOf({ rounds }: Series): Record<(typeof KINDS)[number], number> | null {
  const known = rounds.flatMap(({ cpuUs, otherCpuUs }) => (cpuUs === null ? [] : [{ server: cpuUs, ...otherCpuUs }]));
  if (known.length === 0) return null;
  const of = (kind: string): number =>
    spreadOf(known.map((round) => (round as Record<string, number>)[kind] ?? 0)).median;
  return { server: of('server'), Redis: of('Redis'), Postgres: of('Postgres'), search: of('search') };
}

function cpuPlots({ series }: BenchResult): Plot[] {
  return ['keyed reads', 'pages', 'search'].flatMap((part) => {
    const bars = (series[part] ?? []).flatMap((one) => {
      const cpu = cpuOf(one);
      return cpu ? [{ name: one.name, parts: KINDS.map((kind) => cpu[kind]) }] : [];
    });
    if (bars.length === 0) return [];
    const most = Math.max(...bars.map(({ parts }) => parts.reduce((sum, value) => sum + value, 0)));
    const title = `CPU per request: ${part}`;
    return [
      {
        file: `cpu-${part.replaceAll(' ', '-')}.svg`,
        caption: `${title}, by the process that uses it.`,
        svg: barPlot({
          ...{ title, axis: 'microseconds of CPU', scale: linearScale(most), format: short },
          ...{ kinds: KINDS, bars },
        }),
      },
    ];
  });
}

function freshnessPlots({ freshness }: BenchResult): Plot[] {
  const lines = Object.entries(freshness).flatMap(([when, { redis, search }]) => [
    distribution(`by key, ${when}`, Latencies.of(redis)),
    distribution(`by search, ${when}`, Latencies.of(search)),
  ]);
  if (lines.length === 0) return [];
  return [
    {
      file: 'freshness.svg',
      caption: 'From the commit of a publish until readers find it, with and without readers.',
      svg: distributionPlot('Freshness under load', 'milliseconds from the commit', lines),
    },
  ];
}
