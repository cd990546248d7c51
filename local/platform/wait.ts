import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  /** How long to keep trying, in milliseconds. */
  timeoutMs?: number;
  /** Pause between two tries, in milliseconds. */
  intervalMs?: number;
  signal?: AbortSignal;
}

/**
 * Calls `attempt` until it neither throws nor answers `false` or `undefined`, and returns its answer.
 * @throws the last failure when the time is up, with it as `cause`; the abort reason when aborted.
 */
export async function eventually<T>(
  attempt: () => T | false | undefined | Promise<T | false | undefined>,
  { timeoutMs = 10_000, intervalMs = 25, signal }: WaitOptions = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    let failure: unknown;
    try {
      const answer = await attempt();
      if (answer !== false && answer !== undefined) return answer;
      failure = `the condition answered ${String(answer)}`;
    } catch (error) {
      failure = error;
    }
    if (performance.now() >= deadline) {
      const reason = failure instanceof Error ? failure.message : String(failure);
      throw new Error(`not within ${timeoutMs} ms: ${reason}`, { cause: failure });
    }
    await delay(intervalMs, undefined, signal ? { signal } : {});
  }
}
