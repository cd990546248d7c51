export class CircuitOpenError extends Error {
  constructor(name: string) {
    super(`the circuit to ${name} is open`);
    this.name = 'CircuitOpenError';
  }
}

export interface CircuitBreakerOptions {
  name: string;
  /** Milliseconds that the circuit stays open before one call may probe. */
  openMs: number;
  /** Calls under way at once; more are refused at once rather than queued. */
  maxConcurrent: number;
  /** What an error says of the dependency: that it is ill, that it answers, or nothing. */
  judge?: (error: unknown) => 'ill' | 'well' | 'unknown';
  onChange?: (open: boolean) => void;
  now?: () => number;
}

/**
 * Refuses calls to a dependency that does not answer. One failure opens the circuit, unless another call succeeded
 * while the failed one was under way: so a hanging server opens it after a single timeout, and a slow request among
 * good ones does not.
 */
export class CircuitBreaker {
  readonly #options: Required<CircuitBreakerOptions>;
  #openUntil: number | null = null;
  #lastSuccess = Number.NEGATIVE_INFINITY;
  #running = 0;
  #probing = false;

  constructor(options: CircuitBreakerOptions) {
    this.#options = { judge: () => 'ill', onChange: () => {}, now: () => performance.now(), ...options };
  }

  /** True while calls are refused, the probe apart. */
  get isOpen(): boolean {
    return this.#openUntil !== null;
  }

  /** True when a call made now would be refused. */
  get refuses(): boolean {
    if (this.#running >= this.#options.maxConcurrent) return true;
    return this.#openUntil !== null && (this.#probing || this.#options.now() < this.#openUntil);
  }

  /** @throws CircuitOpenError without calling, or whatever the call throws. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.refuses) throw new CircuitOpenError(this.#options.name);
    const probe = this.#openUntil !== null;
    const started = this.#options.now();
    if (probe) this.#probing = true;
    this.#running += 1;
    try {
      const answer = await call();
      this.#succeeded();
      return answer;
    } catch (error) {
      const verdict = this.#options.judge(error);
      if (verdict === 'well') this.#succeeded();
      if (verdict === 'ill' && (probe || this.#lastSuccess < started)) this.#open();
      throw error;
    } finally {
      this.#running -= 1;
      if (probe) this.#probing = false;
    }
  }

  /** Closes the circuit: the dependency is known to be back. */
  reset(): void {
    this.#succeeded();
  }

  #succeeded(): void {
    this.#lastSuccess = this.#options.now();
    if (this.#openUntil === null) return;
    this.#openUntil = null;
    this.#options.onChange(false);
  }

  #open(): void {
    const wasOpen = this.isOpen;
    this.#openUntil = this.#options.now() + this.#options.openMs;
    if (!wasOpen) this.#options.onChange(true);
  }
}
