/** What a contender does with so many connections. */
export interface Point {
  connections: number;
  requestsPerSecond: number;
  p99Ms: number;
}

/** Below this share of the best throughput, it is a lower one. */
const AS_GOOD = 0.95;

/** Where a contender does the most; of points as good, the one with the lowest p99. */
export function bestPoint(points: readonly Point[]): Point {
  const most = Math.max(...points.map(({ requestsPerSecond }) => requestsPerSecond));
  const good = points.filter(({ requestsPerSecond }) => requestsPerSecond >= most * AS_GOOD);
  const [best] = good.toSorted((a, b) => a.p99Ms - b.p99Ms);
  if (!best) throw new RangeError('there are no points');
  return best;
}

/**
 * Where a contender does the most while its p99 is no greater than `p99Ms`: what is compared with another one whose p99
 * that is. Null when it is always slower.
 */
export function pointAtP99(points: readonly Point[], p99Ms: number): Point | null {
  const within = points.filter((point) => point.p99Ms <= p99Ms);
  return within.length > 0 ? bestPoint(within) : null;
}

/** By so much a p99 of some rounds may exceed another one by chance. */
const NOISE = 0.1;

/** Whether throughputs at these p99s can be compared: ours may be lower, which only makes it harder for us. */
export const isAtEqualP99 = (ours: number, theirs: number): boolean => ours <= theirs * (1 + NOISE);
