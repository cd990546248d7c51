import type { Spread } from './ratios.ts';

/** A line of the table of targets. */
export interface Row {
  /** What `--only` calls it. */
  id: string;
  what: string;
  /** Null: not measured; `note` says why. */
  value: number | null;
  /** `×` for a ratio, else what the value is counted in. */
  unit: string;
  target: { atLeast: number } | { atMost: number } | null;
  /** Of the rounds. */
  spread?: Spread;
  /** What does not hold of that which the target presupposes: then it is missed, whatever the value is. */
  missedBecause?: string;
  /** What belongs beside it. */
  note: string;
}

export type Verdict = 'holds' | 'missed' | 'not measured' | 'for comparison';

export function verdictOn({ value, target, missedBecause }: Row): Verdict {
  if (target !== null && missedBecause !== undefined) return 'missed';
  if (value === null) return 'not measured';
  if (target === null) return 'for comparison';
  const holds = 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
  return holds ? 'holds' : 'missed';
}

export function describeTarget({ target, unit }: Row): string {
  if (target === null) return '–';
  return 'atLeast' in target ? `≥ ${formatValue(target.atLeast, unit)}` : `≤ ${formatValue(target.atMost, unit)}`;
}

/** Three digits that count, with the unit. */
export function formatValue(value: number, unit: string): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 || value === 0 ? 2 : 4;
  const text = value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === '' ? text : `${text} ${unit}`;
}

/** What belongs beside the value, and first of it why the target is missed all the same. */
export const describeNote = ({ missedBecause, note }: Row): string =>
  [missedBecause, note].filter((part) => part).join('; ');

/** One line for the terminal. */
export function describeRow(row: Row): string {
  const verdict = verdictOn(row);
  const value = row.value === null ? '' : `: ${formatValue(row.value, row.unit)} (${describeTarget(row)})`;
  const beside = describeNote(row);
  return `${VERDICT_WORD[verdict].padEnd(12)} ${row.what}${value}${beside && ` · ${beside}`}`;
}

const VERDICT_WORD: Record<Verdict, string> = {
  holds: 'holds',
  missed: 'MISSED',
  'not measured': 'not measured',
  'for comparison': '',
};
