export interface LimiterOptions {
  /** Tasks that run at once. */
  concurrency: number;
  /** Tasks that may wait for a turn. */
  maxWaiting: number;
  /** What a task is refused with when the queue is full. */
  refuse(): Error;
}

export type Limited = <T>(task: () => Promise<T>) => Promise<T>;

/** Runs tasks with bounded concurrency and a bounded queue, first come first served. */
export function createLimiter({ concurrency, maxWaiting, refuse }: LimiterOptions): Limited {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running < concurrency) running += 1;
    else {
      if (waiting.length >= maxWaiting) throw refuse();
      // Whoever finishes hands its turn over, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
