import { Latencies } from '../../load/latencies.ts';
import { spreadOf } from '../ratios.ts';
import type { BenchResult } from '../result.ts';
import type { Series } from '../rounds.ts';
import type { Curve } from '../sweep.ts';
import { barPlot } from './plots/bar-plot.ts';
import { linePlot, type Axis } from './plots/line-plot.ts';
import { linearScale, logScale } from './plots/scale.ts';

export interface Plot {
  file: string;
  /** What it shows, in a sentence. */
  caption: string;
  svg: string;
}

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
 * latency is judged by. It ends where `count` values say something.
 */
function sharesOf(title: string, count: number): Axis {
  const ticks = [0, 0.5, 0.9, 0.99, 0.999, 0.9999].filter((share) => share < 1 - 1 / Math.max(count, 20));
  const last = ticks.at(-1) ?? 0.9;
  const at = (share: number): number => Math.min(1, Math.log10(1 - Math.min(share, last)) / Math.log10(1 - last));
  return { title, scale: { at, ticks }, format: percent };
}

interface Distribution {
  name: string;
  latencies: Latencies;
  look: { color: number; dashes: number };
}

function distributionPlot(title: string, [x, y]: [x: string, y: string], all: readonly Distribution[]): string {
  const least = Math.min(...all.map(({ latencies }) => latencies.count));
  const shares = sharesOf(y, least);
  const last = shares.scale.ticks.at(-1) ?? 1;
  const lines = all.map(({ name, latencies, look }) => {
    const points = latencies.distribution().map(({ milliseconds, share }) => ({ x: milliseconds, y: share }));
    return { name, look, points: points.slice(0, 1 + points.findIndex((point) => point.y >= last)) };
  });
  const values = lines.flatMap(({ points }) => points.map((point) => point.x));
  const scale = logScale(Math.min(...values), Math.max(...values));
  return linePlot({ title, x: { title: x, scale, format: short }, y: shares, lines });
}

function latencyPlots({ series }: BenchResult): Plot[] {
  const all = series['writes'] ?? [];
  // "read API, idle": one color for a contender, dashes for what Postgres does meanwhile.
  const [names, states] = [0, 1].map((part) => [...new Set(all.map(({ name }) => name.split(', ')[part] ?? ''))]);
  const lines = all.map(({ name, rounds }) => {
    const [contender = '', state = ''] = name.split(', ');
    const look = { color: names?.indexOf(contender) ?? 0, dashes: states?.indexOf(state) ?? 0 };
    return { name, look, latencies: Latencies.of(...rounds.map(({ latencies }) => latencies)) };
  });
  if (lines.length === 0) return [];
  return [
    {
      file: 'latency.svg',
      caption:
        'How long readers of pages wait at the same steady rate, while nobody writes and while Postgres is saturated with writes. Each line climbs as its answers come: the further left, the better.',
      svg: distributionPlot('Latency of pages at a steady rate', ['milliseconds', 'answered within'], lines),
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
  const lines = Object.entries(freshness).flatMap(([when, { redis, search }], color) => [
    { name: `by key, ${when}`, latencies: Latencies.of(redis), look: { color, dashes: 0 } },
    { name: `by search, ${when}`, latencies: Latencies.of(search), look: { color, dashes: 1 } },
  ]);
  if (lines.length === 0) return [];
  return [
    {
      file: 'freshness.svg',
      caption: 'From the commit of a publish until readers find it, with and without readers.',
      svg: distributionPlot('Freshness under load', ['milliseconds from the commit', 'readable within'], lines),
    },
  ];
}
