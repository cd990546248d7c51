import pg from 'pg';
import { OUTBOX_CHANNEL } from '@eduplatform/contracts/events';

/**
 * Wakes the indexer after a commit. NOTIFY inside a command's transaction takes a cluster-wide lock at commit, which
 * costs most of the throughput of concurrent writers; so the hint goes out afterwards, on a connection of its own, and
 * at most once per `delayMs` however many commands commit. It is a hint: when it is lost the indexer's poll finds the rows.
 */
export class OutboxNotifier {
  readonly #connectionString: string;
  readonly #delayMs: number;
  readonly #onError: (error: Error) => void;
  #client: Promise<pg.Client> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: { connectionString: string; delayMs?: number; onError: (error: Error) => void }) {
    this.#connectionString = options.connectionString;
    this.#delayMs = options.delayMs ?? 2;
    this.#onError = options.onError;
  }

  /** Call after a commit that appended to the outbox. Returns at once. */
  wake(): void {
    if (this.#timer || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#sending = this.#sending.then(() => this.#send());
    }, this.#delayMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#sending;
    const client = await this.#client?.catch(() => undefined);
    await client?.end();
  }

  async #send(): Promise<void> {
    try {
      const client = await (this.#client ??= this.#connect());
      await client.query(`notify ${OUTBOX_CHANNEL}`);
    } catch (error) {
      this.#client = undefined;
      this.#onError(error as Error);
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#connectionString,
      application_name: 'outbox-notifier',
      connectionTimeoutMillis: 2000,
      query_timeout: 2000,
      keepAlive: true,
    });
    client.on('error', (error) => {
      this.#client = undefined;
      this.#onError(error);
    });
    await client.connect();
    return client;
  }
}
