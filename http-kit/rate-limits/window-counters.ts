/** How often something may happen within a time. */
export interface Quota {
  windowMs: number;
  max: number;
}

/** Where a caller stands. */
export interface Counted {
  /** More than the quota's `max` says that this one is refused; what is refused is not counted. */
  count: number;
  /** Milliseconds until the count starts anew. */
  resetMs: number;
}

interface Entry {
  /** What others have been told, and what they told. */
  known: number;
  /** What nobody else has been told yet. */
  pending: number;
  endsAt: number;
}

/** What one counter has to tell. */
export interface Untold {
  key: string;
  amount: number;
  /** Milliseconds that the window still lasts. */
  remainingMs: number;
}

/**
 * Counters of this process, each over a window that begins with its first count. Bounded: the one that was not used for
 * the longest time is forgotten first.
 */
export class WindowCounters {
  readonly #entries = new Map<string, Entry>();
  readonly #maxEntries: number;
  readonly #now: () => number;

  constructor({ maxEntries = 50_000, now = Date.now }: { maxEntries?: number; now?: () => number } = {}) {
    this.#maxEntries = maxEntries;
    this.#now = now;
  }

  /** Counts one more, unless the quota is used up. */
  add(key: string, { windowMs, max }: Quota): Counted {
    const entry = this.#touch(key, windowMs);
    const count = entry.known + entry.pending + 1;
    if (count <= max) entry.pending += 1;
    return { count, resetMs: entry.endsAt - this.#now() };
  }

  /** Takes one back that was counted. */
  withdraw(key: string): void {
    const entry = this.#current(key);
    if (entry && entry.known + entry.pending > 0) entry.pending -= 1;
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }

  /** What is to be told of a counter; from now on it counts as told. */
  take(key: string): Untold | undefined {
    const entry = this.#current(key);
    if (!entry || entry.pending === 0) return undefined;
    const amount = entry.pending;
    entry.known += amount;
    entry.pending = 0;
    return { key, amount, remainingMs: Math.max(1, Math.ceil(entry.endsAt - this.#now())) };
  }

  /** What was taken could not be told. */
  giveBack({ key, amount }: Untold): void {
    const entry = this.#current(key);
    if (!entry) return;
    entry.known -= amount;
    entry.pending += amount;
  }

  /** What all processes together have counted, and how long that window lasts. */
  learn(key: string, { count, resetMs }: Counted): void {
    const entry = this.#current(key);
    if (!entry) return;
    entry.known = count;
    entry.endsAt = this.#now() + resetMs;
  }

  #current(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.endsAt > this.#now() ? entry : undefined;
  }

  /** The entry, made the most recent one. */
  #touch(key: string, windowMs: number): Entry {
    const current = this.#current(key);
    // The order matters to nobody while there is room for many more.
    if (current && this.#entries.size < this.#maxEntries / 2) return current;
    const entry = current ?? { known: 0, pending: 0, endsAt: this.#now() + windowMs };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > this.#maxEntries) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return entry;
  }
}
