import type { BenchResult } from '../result.ts';
import { describeTarget, formatValue, verdictOn, type Row } from '../rows.ts';

/** The report's files by name: `report.md` and the plots that it shows. */
export function reportOf(result: BenchResult): Record<string, string> {
  return { 'report.md': `${[...head(result), ...targets(result)].join('\n')}\n` };
}

const head = ({ startedAt, machine, pinning, versions, settings, seconds }: BenchResult): string[] => [
  `# The read path, ${startedAt.slice(0, 10)}`,
  '',
  `Machine: ${machine}. ${pinning}`,
  '',
  `Scale ${settings.scale}, requests on ${settings.courses.toLocaleString('en-US')} courses; ${settings.rounds} rounds of ${settings.seconds} s; ${Math.round(seconds)} s in all.`,
  '',
  ...table(['What', 'Version'], Object.entries(versions)),
];

const targets = ({ rows }: BenchResult): string[] => [
  '## Targets',
  '',
  ...table(
    ['', 'What', 'Measured', 'Middle half', 'Target', 'Beside it'],
    rows.map((row) => [
      verdictOn(row),
      row.what,
      row.value === null ? '–' : formatValue(row.value, row.unit),
      spreadOf(row),
      describeTarget(row),
      row.note,
    ]),
  ),
];

const spreadOf = ({ spread, unit }: Row): string =>
  spread ? `${formatValue(spread.low, unit)} – ${formatValue(spread.high, unit)}` : '';

/** Lines of a Markdown table, and an empty one. */
export const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${titles.join(' | ')} |`,
  `| ${titles.map(() => '---').join(' | ')} |`,
  ...rows.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
  '',
];
