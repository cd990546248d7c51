import { createHash } from 'node:crypto';

export interface AttemptLimit {
  /** Attempts without success in one window. */
  max: number;
  windowMs: number;
}

const MAX_ACCOUNTS = 50_000;

interface Failures {
  count: number;
  until: number;
}

/**
 * Counts failed attempts per account, known or not, in this process. An attempt counts as failed until it succeeds, so
 * that many at once cannot get past the limit.
 */
export class AttemptLimits {
  readonly #limit: AttemptLimit;
  readonly #accounts = new Map<string, Failures>();

  constructor(limit: AttemptLimit) {
    this.#limit = limit;
  }

  /** Seconds until the account may be tried again; 0 means now, and the attempt is counted. */
  attempt(email: string, now: number): number {
    const key = keyOf(email);
    const known = this.#accounts.get(key);
    const failures = known && known.until > now ? known : { count: 0, until: now + this.#limit.windowMs };
    if (failures.count >= this.#limit.max) return Math.ceil((failures.until - now) / 1000);
    this.#accounts.delete(key);
    this.#accounts.set(key, { ...failures, count: failures.count + 1 });
    this.#forgetOldest();
    return 0;
  }

  /** The attempt succeeded. */
  succeeded(email: string): void {
    this.#accounts.delete(keyOf(email));
  }

  /** An attempt that could not be judged counts for nothing. */
  withdraw(email: string): void {
    const failures = this.#accounts.get(keyOf(email));
    if (failures) failures.count = Math.max(0, failures.count - 1);
  }

  #forgetOldest(): void {
    for (const key of this.#accounts.keys()) {
      if (this.#accounts.size <= MAX_ACCOUNTS) return;
      this.#accounts.delete(key);
    }
  }
}

const keyOf = (email: string): string => createHash('sha256').update(email.trim().toLowerCase()).digest('base64url');
