import { createHash } from 'node:crypto';
import type { Counters } from '@eduplatform/http-kit/rate-limits/counters';

export interface AttemptLimit {
  /** Attempts without success in one window. */
  max: number;
  windowMs: number;
}

/**
 * Counts failed attempts per account, known or not, for all processes at once. An attempt counts as failed until it
 * succeeds, so that many at once cannot get past the limit. With a `place`, those from there are counted apart.
 */
export class AttemptLimits {
  readonly #counters: Counters;
  readonly #name: string;
  readonly #limit: AttemptLimit;

  /** `name` tells what is attempted, so that limits do not count each other's attempts. */
  constructor(counters: Counters, name: string, limit: AttemptLimit) {
    this.#counters = counters;
    this.#name = name;
    this.#limit = limit;
  }

  /** Seconds until the account may be tried again; 0 means now, and the attempt is counted. */
  async attempt(email: string, place?: string): Promise<number> {
    const { count, resetMs } = await this.#counters.count(this.#keyOf(email, place), this.#limit);
    return count > this.#limit.max ? Math.max(1, Math.ceil(resetMs / 1000)) : 0;
  }

  /** The attempt succeeded: the account has never failed. */
  succeeded(email: string, place?: string): Promise<void> {
    return this.#counters.forget(this.#keyOf(email, place));
  }

  /** An attempt that could not be judged counts for nothing. */
  withdraw(email: string, place?: string): Promise<void> {
    return this.#counters.withdraw(this.#keyOf(email, place));
  }

  #keyOf(email: string, place = ''): string {
    const account = createHash('sha256').update(email.trim().toLowerCase()).digest('base64url');
    return `${this.#name} ${account} ${place}`;
  }
}
