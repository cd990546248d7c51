import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from '@eduplatform/observability/logger';
import { tellMore } from './tell.ts';

export interface AnnouncementWorkerOptions {
  pool: pg.Pool;
  notifier: { wake(): void };
  logger: Logger;
}

const POLL_MS = 5000;

/** Tells everybody of announcements, until it is stopped. */
export function startAnnouncementWorker({ pool, notifier, logger }: AnnouncementWorkerOptions) {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        if (await tellMore(pool, new Date())) {
          notifier.wake();
          continue;
        }
      } catch (error) {
        logger.warn({ err: error }, 'an announcement could not be passed on; it is tried again');
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
