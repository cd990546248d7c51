/**
 * Runs `work` while holding a folder as a lock, so that two processes do not do the same at once.
 * A lock whose holder is gone is taken over. `onWait` is called once, when somebody else holds it;
 * `signal` ends the waiting.
 */
export function withLock<T>(
  folder: string,
  onWait: () => void,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T>;
