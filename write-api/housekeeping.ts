import type pg from 'pg';
import type { Logger } from '@eduplatform/observability/logger';
import { forgetReadNotifications } from './notifications/retention.ts';

const EVERY_MS = 3_600_000;

const FORGET = [
  `delete from idempotency_keys where created_at < now() - interval '24 hours'`,
  `delete from session_tokens where expires_at < now()`,
  `delete from sessions where expires_at < now() or ended_at < now() - interval '1 day'`,
  `delete from auth_tokens where expires_at < now()`,
  `delete from mail_queue where next_attempt_at is null and created_at < now() - interval '7 days'`,
  `select make_outbox_partitions(now(), 3)`,
];

/** Forgets what no request can need again, once at start and then every hour. */
export function startHousekeeping(pool: pg.Pool, logger: Logger): { stop(): Promise<void> } {
  let current = clean(pool, logger);
  const timer = setInterval(() => {
    current = current.then(() => clean(pool, logger));
  }, EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await current;
    },
  };
}

async function clean(pool: pg.Pool, logger: Logger): Promise<void> {
  for (const statement of FORGET) await attempt(statement, () => pool.query(statement), logger);
  await attempt('forget read notifications', () => forgetReadNotifications(pool), logger);
}

async function attempt(what: string, work: () => Promise<unknown>, logger: Logger): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger.warn({ err: error, what }, 'housekeeping failed; it is tried again in an hour');
  }
}
