import type { Spread } from './ratios.ts';
import type { BenchResult } from './result.ts';
import type { Row } from './rows.ts';

/** A row of two results beside each other. */
export interface Difference {
  id: string;
  what: string;
  unit: string;
  before: number | null;
  after: number | null;
  /** After by before; null where one of them was not measured. */
  ratio: number | null;
  /** By how much they may differ without saying anything: a share of 1. */
  noise: number;
  isRealChange: boolean;
}

/**
 * The rows that both results have. A difference is one when it exceeds what two processes of the same program differed by
 * in either run, and half the width of the middle half of the row's own rounds.
 */
export function differencesOf(before: BenchResult, after: BenchResult): Difference[] {
  const runs = controlNoise(before) + controlNoise(after);
  return before.rows.flatMap((row) => {
    const other = after.rows.find(({ id }) => id === row.id);
    return other ? [differenceOf(row, other, runs)] : [];
  });
}

function differenceOf(row: Row, other: Row, runs: number): Difference {
  const ratio = row.value === null || other.value === null || row.value === 0 ? null : other.value / row.value;
  const noise = Math.max(runs, halfWidth(row.spread), halfWidth(other.spread));
  return {
    ...{ id: row.id, what: other.what, unit: row.unit, before: row.value, after: other.value },
    ...{ ratio, noise, isRealChange: ratio !== null && Math.abs(ratio - 1) > noise },
  };
}

/** How far the controls of rates are off one, at most. */
function controlNoise({ controls }: BenchResult): number {
  const ofRates = Object.values(controls).filter(({ within }) => within === undefined);
  return Math.max(0, ...ofRates.map(({ median }) => Math.abs(median - 1)));
}

const halfWidth = (spread: Spread | undefined): number =>
  spread ? Math.abs(spread.high - spread.low) / 2 / spread.median : 0;

/** Why two results cannot be put beside each other, or null. */
export function incomparable(before: BenchResult, after: BenchResult): string | null {
  if (before.settings.scale !== after.settings.scale) {
    return `one is of the scale ${before.settings.scale}, the other of ${after.settings.scale}`;
  }
  const voids = [before, after].filter(({ wrong }) => wrong.length > 0).map(({ startedAt }) => startedAt);
  return voids.length > 0 ? `void: ${voids.join(' and ')}` : null;
}
