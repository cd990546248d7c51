export type Breather = () => Promise<void> | undefined;

const SLICE_MS = 4;

/** The task is no longer wanted; whoever works on it puts back what it has changed. */
export class TaskAbortedError extends Error {
  constructor() {
    super('the task is being canceled');
    this.name = 'TaskAbortedError';
  }
}

/**
 * Yields to the event loop whenever a slice of time is used up, so that a waiting search runs between two documents. Throws
 * TaskAbortedError afterwards when the work is no longer wanted.
 */
export function createBreather(isUnwanted: () => boolean = () => false): Breather {
  let started = performance.now();
  return () => {
    if (performance.now() - started < SLICE_MS) return undefined;
    return new Promise((resolve, reject) => {
      setImmediate(() => {
        started = performance.now();
        if (isUnwanted()) reject(new TaskAbortedError());
        else resolve();
      });
    });
  };
}
