import { Readable } from 'node:stream';

export interface ServerEvent {
  event: string;
  /** One line. */
  data: string;
  /** What a reader who comes back names as `Last-Event-ID`. */
  id?: string;
}

/** Bytes that may wait for a reader; one who is slower than that is sent away, and comes back where it was. */
const MAX_WAITING_BYTES = 256 * 1024;

/** An answer of the type `text/event-stream`. */
export class EventStream extends Readable {
  readonly #onSlow: () => void;
  #isEnded = false;

  constructor(onSlow: () => void) {
    super();
    this.#onSlow = onSlow;
  }

  override _read(): void {
    // What there is to read is pushed when it happens.
  }

  send({ event, data, id }: ServerEvent): void {
    this.#write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`);
  }

  /** Shows that the connection lives. */
  heartbeat(): void {
    this.#write(':\n\n');
  }

  /** How long the reader waits before it comes back. */
  retryAfter(milliseconds: number): void {
    this.#write(`retry: ${milliseconds}\n\n`);
  }

  end(): void {
    if (this.#isEnded || this.destroyed) return;
    this.#isEnded = true;
    this.push(null);
  }

  #write(text: string): void {
    if (this.destroyed || this.#isEnded) return;
    this.push(text);
    if (this.readableLength > MAX_WAITING_BYTES) this.#onSlow();
  }
}
