/**
 * Shares runs of `work` among callers: each gets a run that begins after its call, and at most one run is under way
 * and one waiting, however many call.
 */
export function nextRun(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;

  const run = (): Promise<void> => {
    waiting = undefined;
    const current = work().finally(() => {
      if (running === current) running = undefined;
    });
    running = current;
    return current;
  };

  return () => {
    if (waiting) return waiting;
    // The first of a burst begins in the next microtask, so that those beside it share it.
    waiting = (running ?? Promise.resolve()).then(run, run);
    return waiting;
  };
}
