import { delay } from './delay.ts';

/** Whether operators want a sink to stand still. What runs under `running` ends when it is paused. */
export class PauseSwitch {
  #running = new AbortController();
  #resumed = new AbortController();
  #isPaused = false;

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Aborted by the next pause. */
  get running(): AbortSignal {
    return this.#running.signal;
  }

  set(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) {
      this.#resumed = new AbortController();
      this.#running.abort();
    } else {
      this.#running = new AbortController();
      this.#resumed.abort();
    }
  }

  /** Ends when it is resumed, or when aborted. Never rejects. */
  async whenResumed(signal: AbortSignal): Promise<void> {
    while (this.#isPaused && !signal.aborted) {
      await delay(LONG_MS, AbortSignal.any([signal, this.#resumed.signal]));
    }
  }
}

const LONG_MS = 60_000;
