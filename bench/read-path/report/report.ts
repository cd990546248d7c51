import { boundsOf, isControlled, spreadOf, type Spread } from '../ratios.ts';
import type { BenchResult } from '../result.ts';
import { ratesOf, type Series } from '../rounds.ts';
import { describeNote, describeTarget, formatValue, verdictOn } from '../rows.ts';
import { modelOf } from './model.ts';
import { plotsOf, type Plot } from './plots.ts';
import { table } from './table.ts';

/** The report's files by name: `report.md` and the plots that it shows. */
export function reportOf(result: BenchResult): Record<string, string> {
  const plots = plotsOf(result);
  const lines = [
    ...head(result),
    ...targets(result),
    ...controls(result),
    ...further(result),
    ...(plots.length > 0 ? ['## Plots', '', ...plots.flatMap(show)] : []),
    ...Object.entries(result.series).flatMap(([part, series]) => bursts(part, series)),
    '## What more would take',
    '',
    ...modelOf(result),
    'Every burst is in `result.json`, with its latencies; [docs/benchmarks.md](../../../docs/benchmarks.md) says how to read all this.',
  ];
  return { 'report.md': `${lines.join('\n')}\n`, ...Object.fromEntries(plots.map(({ file, svg }) => [file, svg])) };
}

const head = ({ startedAt, machine, pinning, versions, settings, seconds, wrong }: BenchResult): string[] => [
  `# The read path, ${startedAt.slice(0, 10)}`,
  '',
  ...(wrong.length > 0 ? ['**Void:**', '', ...wrong.map((line) => `- ${line}`), ''] : []),
  `Machine: ${machine}. ${pinning}`,
  '',
  `Scale ${settings.scale}, requests on ${settings.courses.toLocaleString('en-US')} courses; ${settings.rounds} rounds with bursts of ${settings.seconds} s; ${Math.round(seconds)} s in all.`,
  '',
  ...table(['What', 'Version'], Object.entries(versions)),
];

const further = ({ settings: { furtherScales = [] } }: BenchResult): string[] =>
  furtherScales.length > 0
    ? ['## Larger scales', '', ...furtherScales.map((scale) => `- [${scale}](${scale}/report.md)`), '']
    : [];

const targets = ({ rows }: BenchResult): string[] => [
  '## Targets',
  '',
  ...table(
    ['', 'What', 'Measured', 'Middle half', 'Target', 'Beside it'],
    rows.map((row) => [
      verdictOn(row),
      row.what,
      row.value === null ? '–' : formatValue(row.value, row.unit),
      rangeOf(row.spread, row.unit),
      describeTarget(row),
      describeNote(row),
    ]),
  ),
];

const rangeOf = (spread: Spread | undefined, unit: string): string =>
  spread ? `${formatValue(spread.low, unit)} – ${formatValue(spread.high, unit)}` : '';

const controls = ({ controls: all }: BenchResult): string[] => [
  '## Control',
  '',
  'The same measured twice, in the same rounds: what chance does. Outside of the bounds the figures of the part are void.',
  '',
  ...table(
    ['Part', 'Median', 'Middle half', 'Bounds', ''],
    Object.entries(all).map(([part, spread]) => [
      part,
      formatValue(spread.median, '×'),
      rangeOf(spread, '×'),
      rangeOf({ ...spread, ...boundsOf(spread) }, '×'),
      isControlled(spread) ? 'holds' : 'void',
    ]),
  ),
];

const show = ({ file, caption }: Plot): string[] => [`![${caption}](${file})`, '', caption, ''];

/** Medians of the rounds; the raw data has each of them. */
const bursts = (part: string, series: Series[]): string[] => [
  `## Bursts: ${part}`,
  '',
  ...table(
    ['', 'Requests/s', 'p50', 'p99', 'CPU of the server', 'Core busy'],
    series.map((one) => {
      const median = (values: (number | null)[]): number =>
        spreadOf(values.flatMap((value) => (value === null ? [] : [value]))).median;
      const cpu = median(one.rounds.map(({ cpuUs }) => cpuUs));
      const busy = median(one.rounds.map(({ busy: share }) => share));
      return [
        one.name,
        formatValue(spreadOf(ratesOf(one)).median, ''),
        formatValue(median(one.rounds.map(({ p50Ms }) => p50Ms)), 'ms'),
        formatValue(median(one.rounds.map(({ p99Ms }) => p99Ms)), 'ms'),
        Number.isNaN(cpu) ? '–' : formatValue(cpu, 'µs'),
        Number.isNaN(busy) ? '–' : `${Math.round(busy * 100)} %`,
      ];
    }),
  ),
];
