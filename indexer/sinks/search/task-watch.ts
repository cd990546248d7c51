import { setTimeout as delay } from 'node:timers/promises';
import type { Meilisearch } from 'meilisearch';
import { TaskFailedError } from './client.ts';

/** What is added to the delay of a task by looking only now and then is this share of its age, within these bounds. */
const SHARE_OF_AGE = 0.1;
const SHORTEST_MS = 3;
const LONGEST_MS = 100;

interface Waiting {
  since: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Waits for any number of tasks with one look at a time for all of them. */
export class TaskWatch {
  readonly #client: Meilisearch;
  readonly #waiting = new Map<number, Waiting>();
  readonly #timeoutMs: number;
  #isLooking = false;

  /** `timeoutMs`: a task without an end after so long counts as failed. */
  constructor(client: Meilisearch, timeoutMs: number) {
    this.#client = client;
    this.#timeoutMs = timeoutMs;
  }

  /** Ends when the task has succeeded. Throws TaskFailedError when it failed or was canceled. */
  succeeded(taskUid: number): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      this.#waiting.set(taskUid, { since: performance.now(), resolve, reject });
    });
    if (!this.#isLooking) void this.#look();
    return done;
  }

  async #look(): Promise<void> {
    this.#isLooking = true;
    try {
      while (this.#waiting.size > 0) {
        await delay(this.#pauseMs());
        await this.#lookOnce();
      }
    } catch (error) {
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    } finally {
      this.#isLooking = false;
    }
  }

  async #lookOnce(): Promise<void> {
    const uids = [...this.#waiting.keys()];
    const { results } = await this.#client.tasks.getTasks({ uids, limit: uids.length });
    for (const { uid, status, error } of results) {
      const waiting = this.#waiting.get(uid);
      if (!waiting || status === 'enqueued' || status === 'processing') continue;
      this.#waiting.delete(uid);
      if (status === 'succeeded') waiting.resolve();
      else {
        const { code = status, message = `it was ${status}`, type = 'internal' } = error ?? {};
        waiting.reject(new TaskFailedError(uid, code, message, type));
      }
    }
    const [oldest] = this.#waiting.values();
    if (oldest && performance.now() - oldest.since > this.#timeoutMs) {
      throw new Error(`a task is not done after ${this.#timeoutMs} ms`);
    }
  }

  /** By the age of the youngest: the engine works on several in one go. */
  #pauseMs(): number {
    const youngest = [...this.#waiting.values()].at(-1)?.since ?? 0;
    return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (performance.now() - youngest) * SHARE_OF_AGE));
  }
}
