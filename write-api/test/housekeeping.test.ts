import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createLogger } from '@eduplatform/observability/logger';
import { forget, startHousekeeping } from '../housekeeping.ts';
import { startHarness, type Harness } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

async function keysOf(ages: string[]): Promise<string> {
  const { id } = await harness.person('student');
  await harness.pool.query(
    `insert into idempotency_keys (user_id, key, request_hash, created_at)
     select $1, 'key-' || n, '', now() - age::interval from unnest($2::text[]) with ordinality as list (age, n)`,
    [id, ages],
  );
  return id;
}
const left = async (userId: string) =>
  (await harness.pool.query('select key from idempotency_keys where user_id = $1 order by key', [userId])).rows;

it('forgets in batches what a condition fits, and nothing else', async () => {
  const id = await keysOf([...Array.from({ length: 7 }, () => '2 days'), '1 hour']);
  const old = `user_id = '${id}' and created_at < now() - interval '24 hours'`;
  expect(await forget(harness.pool, 'idempotency_keys', old, 3)).toBe(7);
  expect(await left(id)).toEqual([{ key: 'key-8' }]);
});

it('begins with what is too old at the start', async () => {
  const id = await keysOf(['25 hours', '23 hours']);
  const warnings: unknown[] = [];
  const logger = createLogger('housekeeping-test', 'silent');
  logger.warn = (...told: unknown[]) => warnings.push(told);
  const housekeeping = startHousekeeping(harness.pool, logger);
  await vi.waitFor(async () => expect(await left(id)).toEqual([{ key: 'key-2' }]));
  await housekeeping.stop();
  expect(warnings).toEqual([]);
});
