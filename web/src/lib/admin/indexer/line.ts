/** How far a read model was behind at a moment. */
export interface LagPoint {
  /** Epoch milliseconds. */
  at: number;
  rows: number;
  seconds: number;
}

/** The part of a chart that is drawn: a span of time across, from nothing to `max` upwards. */
export interface Frame {
  width: number;
  height: number;
  from: number;
  to: number;
  max: number;
}

/** Nobody measured for longer than this: nothing is known of the time between, so no line is drawn through it. */
const GAP_MS = 20_000;

/**
 * Lines of a chart as SVG paths, one for each stretch that was measured without a gap. A stretch of one point alone is
 * a line of no length, which a round cap shows as a dot.
 */
export function pathsOf(points: LagPoint[], value: 'rows' | 'seconds', frame: Frame): string[] {
  const shown = points.filter(({ at }) => at >= frame.from && at <= frame.to);
  return stretches(shown).map((stretch) => {
    const places = stretch.map((point) => placeOf(point.at, point[value], frame));
    return `M${(places.length === 1 ? [...places, ...places] : places).join('L')}`;
  });
}

function stretches(points: LagPoint[]): LagPoint[][] {
  const found: LagPoint[][] = [];
  for (const point of points) {
    const last = found.at(-1);
    const before = last?.at(-1);
    if (last && before && point.at - before.at <= GAP_MS) last.push(point);
    else found.push([point]);
  }
  return found;
}

function placeOf(at: number, value: number, { width, height, from, to, max }: Frame): string {
  const x = ((at - from) / (to - from)) * width;
  const y = height - (Math.min(value, max) / max) * height;
  return `${round(x)} ${round(y)}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const STEPS = [1, 2, 5, 10];

/** The end of an axis: 1, 2 or 5 times a power of ten, at least `least`, so that idle noise looks idle. */
export function niceMax(values: number[], least: number): number {
  const highest = Math.max(least, ...values);
  const power = 10 ** Math.floor(Math.log10(highest));
  return (STEPS.find((step) => step * power >= highest) ?? 10) * power;
}

/** At most `count` points, evenly in time; of those that fall together the one that was furthest behind stays. */
export function thinned(points: LagPoint[], count: number): LagPoint[] {
  const [first, last] = [points.at(0), points.at(-1)];
  if (!first || !last || points.length <= count) return points;
  const width = (last.at - first.at) / count || 1;
  const kept = new Map<number, LagPoint>();
  for (const point of points) {
    const slot = Math.min(count - 1, Math.floor((point.at - first.at) / width));
    const other = kept.get(slot);
    if (!other || isFurtherBehind(point, other)) kept.set(slot, point);
  }
  return [...kept.values()];
}

const isFurtherBehind = (one: LagPoint, other: LagPoint): boolean =>
  one.seconds > other.seconds || (one.seconds === other.seconds && one.rows > other.rows);
