export type Breather = () => Promise<void> | undefined;

const SLICE_MS = 4;

/** Yields to the event loop whenever a slice of time is used up, so that a waiting search runs between two documents. */
export function createBreather(): Breather {
  let started = performance.now();
  return () => {
    if (performance.now() - started < SLICE_MS) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        started = performance.now();
        resolve();
      });
    });
  };
}
