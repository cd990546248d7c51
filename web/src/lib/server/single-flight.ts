interface SingleFlightOptions {
  /** Milliseconds for which an outcome is handed out, counted from the start of its call. */
  keepMs: number;
  /** Milliseconds for which a failure is handed out, counted from the failure. */
  keepFailureMs: number;
  maxKeys: number;
}

export interface SingleFlight<T> {
  run(key: string, work: () => Promise<T>): Promise<T>;
  /** Whether `run` would hand out a call that was made before, under way or ended. */
  knows(key: string): boolean;
}

/**
 * Runs at most one call per key at a time, and hands its outcome to callers that come shortly after it ended.
 * A browser sends several requests with the same refresh token; a second use of it would revoke the session.
 * A failure is handed out for a while too, so that an outage is not met with a new attempt for every page.
 */
export function createSingleFlight<T>({ keepMs, keepFailureMs, maxKeys }: SingleFlightOptions): SingleFlight<T> {
  const flights = new Map<string, { outcome: Promise<T>; expiresAt: number }>();

  /** A Map iterates in the order of insertion, which is nearly the order of expiry. */
  function forgetOld(now: number): void {
    for (const [key, { expiresAt }] of flights) {
      if (expiresAt > now && flights.size < maxKeys) return;
      flights.delete(key);
    }
  }

  function known(key: string): Promise<T> | undefined {
    const flight = flights.get(key);
    return flight && flight.expiresAt > Date.now() ? flight.outcome : undefined;
  }

  return {
    run(key, work) {
      const running = known(key);
      if (running) return running;
      const now = Date.now();
      flights.delete(key);
      forgetOld(now);
      const flight = { outcome: work(), expiresAt: now + keepMs };
      flights.set(key, flight);
      flight.outcome.catch(() => {
        flight.expiresAt = Date.now() + keepFailureMs;
      });
      return flight.outcome;
    },
    knows: (key) => known(key) !== undefined,
  };
}
