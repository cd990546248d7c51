/**
 * Runs at most one call per key at a time, and hands its outcome to callers that come shortly after it ended.
 * A browser sends several requests with the same refresh token; a second use of it would revoke the session.
 */
export function createSingleFlight<T>({ keepMs, maxKeys }: { keepMs: number; maxKeys: number }) {
  const flights = new Map<string, { outcome: Promise<T>; expiresAt: number }>();

  /** A Map iterates in the order of insertion, which is the order of expiry. */
  function forgetOld(now: number): void {
    for (const [key, { expiresAt }] of flights) {
      if (expiresAt > now && flights.size < maxKeys) return;
      flights.delete(key);
    }
  }

  return function run(key: string, work: () => Promise<T>, now = Date.now()): Promise<T> {
    const running = flights.get(key);
    if (running && running.expiresAt > now) return running.outcome;
    forgetOld(now);
    const outcome = work();
    flights.set(key, { outcome, expiresAt: now + keepMs });
    // A failure is not kept: the next request may try again.
    outcome.catch(() => flights.delete(key));
    return outcome;
  };
}
