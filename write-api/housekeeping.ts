import type pg from 'pg';
import type { Logger } from '@eduplatform/observability/logger';
import { forgetReadNotifications } from './notifications/retention.ts';

const EVERY_MS = 3_600_000;

const FORGOTTEN: [table: string, condition: string][] = [
  ['idempotency_keys', `created_at < now() - interval '24 hours'`],
  ['session_tokens', 'expires_at < now()'],
  ['sessions', `expires_at < now() or ended_at < now() - interval '1 day'`],
  ['auth_tokens', 'expires_at < now()'],
  ['mail_queue', `next_attempt_at is null and created_at < now() - interval '7 days'`],
];

/** Rows in one transaction: those of a large day would not be deleted within the time of a statement, and hold the outbox. */
const BATCH = 2000;

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
  for (const [table, condition] of FORGOTTEN) {
    await attempt(`forget ${table}`, () => forget(pool, table, condition), logger);
  }
  await attempt('make partitions', () => pool.query('select make_outbox_partitions(now(), 4)'), logger);
  await attempt('forget read notifications', () => forgetReadNotifications(pool), logger);
}

/** Deletes the rows of a table that a condition fits, batch by batch; answers how many. */
export async function forget(pool: pg.Pool, table: string, condition: string, batch = BATCH): Promise<number> {
  const some = `delete from ${table} where ctid = any (array(select ctid from ${table} where ${condition} limit $1))`;
  for (let forgotten = 0; ;) {
    const { rowCount } = await pool.query(some, [batch]);
    forgotten += rowCount ?? 0;
    if ((rowCount ?? 0) < batch) return forgotten;
  }
}

async function attempt(what: string, work: () => Promise<unknown>, logger: Logger): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger.warn({ err: error, what }, 'housekeeping failed; it is tried again in an hour');
  }
}
