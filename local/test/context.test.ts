import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import { withPostgres } from '../servers/postgres.ts';
import { createTestDatabase, testRedis, testSearch } from '../testing/context.ts';

const databases = [createTestDatabase(), createTestDatabase()];
afterAll(async () => {
  await Promise.all(databases.map(async (database) => (await database).drop()));
});

test('each test database is migrated and its own', async () => {
  const [first, second] = await Promise.all(databases);
  const count = 'SELECT count(*)::int AS rows FROM migrations';
  const migrated = await withPostgres(first?.url ?? '', (client) => client.query<{ rows: number }>(count));
  expect(migrated.rows[0]?.rows).toBeGreaterThan(0);
  await withPostgres(first?.url ?? '', (client) => client.query('CREATE TABLE only_here (id int)'));
  const query = withPostgres(second?.url ?? '', (client) => client.query('SELECT * FROM only_here'));
  await expect(query).rejects.toThrow('does not exist');
});

test('the test Redis runs Lua', async () => {
  const { url, prefix } = testRedis();
  await using redis = disposable(new Redis(url));
  await redis.client.eval("return redis.call('SET', KEYS[1], ARGV[1])", 1, `${prefix}:key`, 'value');
  expect(await redis.client.get(`${prefix}:key`)).toBe('value');
});

test('prefixes are never handed out twice', () => {
  expect(testRedis().prefix).not.toBe(testRedis().prefix);
  expect(testSearch().indexPrefix).not.toBe(testSearch().indexPrefix);
});

function disposable(client: Redis): AsyncDisposable & { client: Redis } {
  return { client, [Symbol.asyncDispose]: async () => void (await client.quit()) };
}
