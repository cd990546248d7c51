import { expect, onTestFinished, test, vi } from 'vitest';
import { OutboxNotifier } from '@eduplatform/db/outbox-notifier';
import { WakeUp } from '../source/wake-up.ts';
import { createBench, ignore } from './support/bench.ts';

const WAIT = { timeout: 10_000, interval: 10 };

async function listen() {
  const { pool, config } = await createBench();
  const wakeUp = new WakeUp();
  onTestFinished(() => wakeUp.close());
  wakeUp.listen(config.databaseUrl, ignore);
  // Once when it is connected, once when it listens.
  await vi.waitFor(() => expect(wakeUp.calls).toBe(2), WAIT);
  const notifier = new OutboxNotifier({ connectionString: config.databaseUrl, onError: ignore });
  onTestFinished(() => notifier.close());
  return { pool, wakeUp, notifier };
}

test('the hint after a commit wakes the sinks', async () => {
  const { wakeUp, notifier } = await listen();
  notifier.wake();
  await vi.waitFor(() => expect(wakeUp.calls).toBe(3), WAIT);
});

test('after a lost connection the sinks are woken, and hints arrive again', async () => {
  const { pool, wakeUp, notifier } = await listen();
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'indexer-listen' and datname = current_database()`,
  );
  await vi.waitFor(() => expect(wakeUp.calls).toBe(3), WAIT);
  notifier.wake();
  await vi.waitFor(() => expect(wakeUp.calls).toBe(4), WAIT);
});
