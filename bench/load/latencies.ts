/** Each bucket ends 1 % above the one before: percentiles are that exact, and any number of values takes little room. */
const GROWTH = Math.log(1.01);
/** Milliseconds at the end of the first bucket. */
const SMALLEST_MS = 0.001;

/** Counts by bucket, as pairs of the bucket's number and how many values fell into it, by ascending number. */
export type LatencyCounts = [bucket: number, count: number][];

/** Latencies of many requests, in milliseconds, within 1 %. */
export class Latencies {
  readonly #counts = new Map<number, number>();
  #count = 0;

  /** Puts what several have collected together. */
  static of(...parts: readonly LatencyCounts[]): Latencies {
    const all = new Latencies();
    for (const [bucket, count] of parts.flat()) all.#add(bucket, count);
    return all;
  }

  record(milliseconds: number): void {
    this.#add(Math.max(0, Math.ceil(Math.log(milliseconds / SMALLEST_MS) / GROWTH)), 1);
  }

  get count(): number {
    return this.#count;
  }

  get counts(): LatencyCounts {
    return [...this.#counts].sort(([a], [b]) => a - b);
  }

  /** The latency below which the share `share` (0 … 1) lies, by the nearest rank; NaN when there are none. */
  quantile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    for (const [bucket, count] of this.counts) {
      seen += count;
      if (seen >= rank) return endOf(bucket);
    }
    return Number.NaN;
  }

  /** Points of the cumulative distribution: which share (0 … 1) took no longer than so many milliseconds. */
  distribution(): { milliseconds: number; share: number }[] {
    let seen = 0;
    return this.counts.map(([bucket, count]) => {
      seen += count;
      return { milliseconds: endOf(bucket), share: seen / this.#count };
    });
  }

  #add(bucket: number, count: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
    this.#count += count;
  }
}

const endOf = (bucket: number): number => SMALLEST_MS * Math.exp(bucket * GROWTH);
