import { isPosition, minPosition } from '@eduplatform/contracts/positions';

/** How fresh the answers behind a page were: the oldest of them counts. */
export interface Freshness {
  /** Milliseconds between the last advance of the read models and the rendering of the page. */
  ageMs: number;
  /** Position that every answer was at least as fresh as; null when none said. */
  position: string | null;
  /** An answer said that it is older than what was asked for, or could not say how old it is. */
  stale: boolean;
}

/** What one answer of the read API says of itself. */
export interface FreshnessSample {
  time: string | null;
  position: string | null;
  stale: boolean;
}

/** The freshness of a page made of several answers, or null when there were none. `now` is in epoch milliseconds. */
export function mergeFreshness(samples: readonly FreshnessSample[], now: number): Freshness | null {
  if (samples.length === 0) return null;
  const ages = samples.map(({ time }) => (time === null ? Number.NaN : now - Date.parse(time)));
  const known = ages.filter((age) => Number.isFinite(age));
  const positions = samples.map(({ position }) => position).filter(isPosition);
  return {
    ageMs: Math.max(0, ...known),
    position: positions.length > 0 ? positions.reduce(minPosition) : null,
    stale: samples.some(({ stale }) => stale) || known.length < samples.length,
  };
}
