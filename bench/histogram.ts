/** The value below which the share `quantile` (0 … 1) of the values lies: the nearest rank. NaN when there are none. */
export function percentile(values: readonly number[], quantile: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)] ?? Number.NaN;
}

const BAR = 40;

/** Bars of how many values lie below each bound (and above the one before), with the last bar for the rest. */
export function histogram(values: readonly number[], bounds: readonly number[], unit: string): string[] {
  const edges = [...bounds, Number.POSITIVE_INFINITY];
  const counts = edges.map((edge, index) => {
    const from = index === 0 ? Number.NEGATIVE_INFINITY : (edges[index - 1] ?? 0);
    return values.filter((value) => value > from && value <= edge).length;
  });
  const most = Math.max(1, ...counts);
  return edges.map((edge, index) => {
    const label = edge === Number.POSITIVE_INFINITY ? `> ${bounds.at(-1)} ${unit}` : `≤ ${edge} ${unit}`;
    const count = counts[index] ?? 0;
    return `${label.padStart(12)}  ${'█'.repeat(Math.round((count / most) * BAR)).padEnd(BAR)} ${count}`;
  });
}

/** Percentiles in one line, in milliseconds. */
export const summarize = (values: readonly number[]): string =>
  [
    ...(
      [
        ['p50', 0.5],
        ['p90', 0.9],
        ['p99', 0.99],
        ['max', 1],
      ] as const
    ).map(([name, quantile]) => `${name} ${percentile(values, quantile).toFixed(1)} ms`),
  ].join(' · ');
