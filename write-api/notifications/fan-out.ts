import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from '@eduplatform/observability/logger';

interface FanOutOptions {
  pool: pg.Pool;
  notifier: { wake(): void };
  logger: Logger;
  /** Tells the next people, in one transaction; false when there is nobody left. */
  tellMore: (pool: pg.Pool, now: Date) => Promise<boolean>;
}

const POLL_MS = 5000;

/** Passes on what many are told, until it is stopped. Several processes may do so at once. */
export function startFanOut({ pool, notifier, logger, tellMore }: FanOutOptions) {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        if (await tellMore(pool, new Date())) {
          notifier.wake();
          continue;
        }
      } catch (error) {
        logger.warn({ err: error }, 'news could not be passed on; it is tried again');
      }
      await wait(POLL_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    async stop(): Promise<void> {
      stopping.abort();
      await running;
    },
  };
}
