import createSubscriber, { type Subscriber } from 'pg-listen';
import { OUTBOX_CHANNEL } from '@eduplatform/contracts/events';
import { delay } from '../run/delay.ts';

const RETRY_MS = 500;
/** A connection that was cut without a word is noticed by a query that goes unanswered. */
const CHECK_MS = 5_000;

/**
 * Tells the sinks that the outbox may have grown. A NOTIFY is a hint, never a promise: after every (re)connection the
 * sinks are woken too, and whoever waits looks by itself when the time is up.
 */
export class WakeUp {
  #calls = 0;
  #waiting = new Set<() => void>();
  #subscriber: Subscriber | undefined;
  readonly #stopped = new AbortController();

  /** How often it has rung. Read it before looking at the outbox, and hand it to `wait`. */
  get calls(): number {
    return this.#calls;
  }

  ring(): void {
    this.#calls += 1;
    for (const wake of this.#waiting) wake();
  }

  /** Ends when it has rung more often than `seen`, when `timeoutMs` have passed, or when aborted. Never rejects. */
  async wait(seen: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.#calls > seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      signal.addEventListener('abort', wake);
      this.#waiting.add(wake);
    });
  }

  /** Listens from now on, connecting and reconnecting in the background. */
  listen(connectionString: string, onError: (error: Error) => void): void {
    void this.#connect(connectionString, onError);
  }

  async close(): Promise<void> {
    this.#stopped.abort();
    await this.#subscriber?.close();
  }

  async #connect(connectionString: string, onError: (error: Error) => void): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      const subscriber = subscribe(connectionString);
      subscriber.events.on('error', onError);
      subscriber.events.on('connected', () => this.ring());
      subscriber.notifications.on(OUTBOX_CHANNEL, () => this.ring());
      try {
        await subscriber.connect();
        await subscriber.listenTo(OUTBOX_CHANNEL);
        // What was committed before it listened has not been heard of.
        this.ring();
        this.#subscriber = subscriber;
        if (this.#stopped.signal.aborted) await subscriber.close();
        return;
      } catch (error) {
        onError(error as Error);
        await subscriber.close().catch(() => undefined);
        await delay(RETRY_MS, this.#stopped.signal);
      }
    }
  }
}

const subscribe = (connectionString: string): Subscriber =>
  createSubscriber.default(
    {
      connectionString,
      application_name: 'indexer-listen',
      connectionTimeoutMillis: 3000,
      query_timeout: 2000,
    },
    // 0: it never gives up reconnecting.
    { retryInterval: RETRY_MS, retryTimeout: 0, paranoidChecking: CHECK_MS },
  );
