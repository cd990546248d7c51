import type { Source, Sources } from './sources.ts';

export type WaitOutcome = 'passed' | 'waited' | 'timeout' | 'overflow' | 'stopped';

export interface Wait {
  position: string;
  /** What has to pass it; asked for again at every change. */
  sources: () => readonly Source[];
  timeoutMs: number;
  /** Ends the wait early, as when the caller went away. */
  signal?: AbortSignal;
}

/** Waiting requests at once; more are answered at once rather than queued. */
const MAX_WAITERS = 2000;

/** Requests that wait for a position to be passed; woken by announcements, never by polling. */
export class PositionWaiters {
  readonly #sources: Sources;
  readonly #limit: number;
  readonly #wake = new Set<() => void>();
  #stopped = false;

  constructor(sources: Sources, limit = MAX_WAITERS) {
    this.#sources = sources;
    this.#limit = limit;
    sources.onChange(() => {
      for (const wake of [...this.#wake]) wake();
    });
  }

  hasPassed(position: string, sources: readonly Source[]): boolean {
    return sources.every((source) => (this.#sources.mark(source)?.position ?? '') >= position);
  }

  /** Settles when every source has passed the position, or when waiting any longer is no use. Never rejects. */
  wait({ position, sources, timeoutMs, signal }: Wait): Promise<WaitOutcome> {
    if (this.hasPassed(position, sources())) return Promise.resolve('passed');
    if (timeoutMs <= 0 || signal?.aborted) return Promise.resolve('timeout');
    if (this.#stopped) return Promise.resolve('stopped');
    if (this.#wake.size >= this.#limit) return Promise.resolve('overflow');
    return new Promise((resolve) => {
      const finish = (outcome: WaitOutcome): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abandon);
        this.#wake.delete(wake);
        resolve(outcome);
      };
      const abandon = (): void => finish('timeout');
      const wake = (): void => {
        if (this.#stopped) finish('stopped');
        else if (this.hasPassed(position, sources())) finish('waited');
      };
      const timer = setTimeout(abandon, timeoutMs);
      signal?.addEventListener('abort', abandon);
      this.#wake.add(wake);
    });
  }

  /** Answers everybody who waits; nobody waits from now on. */
  stop(): void {
    this.#stopped = true;
    for (const wake of [...this.#wake]) wake();
  }
}
