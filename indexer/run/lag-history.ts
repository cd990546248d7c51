import type { Backlog } from '../source/backlog.ts';

const HOUR_MS = 3_600_000;

export interface LagPoint extends Backlog {
  /** RFC 3339. */
  at: string;
}

/** How far each sink was behind in the last hour, point by point; kept in the process that leads. */
export class LagHistory {
  readonly #points = new Map<string, LagPoint[]>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  add(sink: string, { rows, seconds }: Backlog): void {
    const now = this.#now();
    const since = new Date(now - HOUR_MS).toISOString();
    const kept = (this.#points.get(sink) ?? []).filter(({ at }) => at >= since);
    this.#points.set(sink, [...kept, { at: new Date(now).toISOString(), rows, seconds }]);
  }

  /** The oldest first. */
  of(sink: string): LagPoint[] {
    return this.#points.get(sink) ?? [];
  }
}
