import type { Checkpoint } from '../checkpoint.ts';

export interface Hold {
  /** Where the sink stands still. */
  checkpoint: Checkpoint;
  /** The sink is opened again, in the generation that is then in use. */
  release(): void;
}

/** Lets somebody have a sink's stream stand still for a moment, with all of it written. One at a time. */
export class HoldSwitch {
  #running = new AbortController();
  #wanted: { standing: PromiseWithResolvers<Checkpoint>; released: AbortController } | null = null;

  /** Aborted while somebody wants it to stand still. */
  get running(): AbortSignal {
    return this.#running.signal;
  }

  /** Ends when the stream stands still. Rejects when aborted before. */
  async take(signal: AbortSignal): Promise<Hold> {
    signal.throwIfAborted();
    const wanted = { standing: Promise.withResolvers<Checkpoint>(), released: new AbortController() };
    const release = (): void => {
      wanted.released.abort();
      if (this.#wanted !== wanted) return;
      this.#wanted = null;
      this.#running = new AbortController();
    };
    const abort = (): void => wanted.standing.reject(signal.reason);
    this.#wanted = wanted;
    this.#running.abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      return { checkpoint: await wanted.standing.promise, release };
    } catch (error) {
      release();
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Called where the stream has ended: stands still as long as somebody wants that, or until aborted. */
  async stand(checkpoint: Checkpoint, signal: AbortSignal): Promise<void> {
    if (!this.#wanted || signal.aborted) return;
    const { standing, released } = this.#wanted;
    standing.resolve(checkpoint);
    await untilAborted(AbortSignal.any([signal, released.signal]));
  }
}

/** Never rejects. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
