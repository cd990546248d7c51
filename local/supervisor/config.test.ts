import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('without any variable the stack is a demo on the documented ports', () => {
  const { mode, ports, own } = readConfig({});
  expect(mode).toBe('demo');
  expect(own).toEqual({});
  expect([ports.web.port, ports.readApi.port, ports.writeApi.port, ports.indexer.port]).toEqual([
    3000, 4001, 4002, 4003,
  ]);
});

test('a port that was asked for is never replaced by another', () => {
  expect(readConfig({}).ports.postgres.fixed).toBe(false);
  expect(readConfig({ POSTGRES_PORT: '5555' }).ports.postgres).toMatchObject({ port: 5555, fixed: true });
});

test.for([
  [{ WEB_PORT: 'x' }, 'WEB_PORT=x'],
  [{ READ_API_PORT: '70000' }, 'READ_API_PORT=70000'],
  [{ EDU_MODE: 'prod' }, 'EDU_MODE=prod'],
] as const)('%o is refused by name', ([env, message]) => {
  expect(() => readConfig(env)).toThrow(message);
});

test('an empty variable counts as absent', () => {
  expect(readConfig({ DATABASE_URL: '', EDU_MODE: '' })).toMatchObject({ mode: 'demo', own: {} });
});

test('each scale has a database and read models of its own, also beside prefixes that were chosen', () => {
  const { database, redisPrefix, indexPrefix } = readConfig({}, { scale: 'small' });
  expect([database, redisPrefix, indexPrefix]).toEqual(['eduplatform_small', 'edu_small', 'small_']);
  const chosen = readConfig({ REDIS_PREFIX: 'mine', MEILI_INDEX_PREFIX: 'mine_' }, { scale: 'full' });
  expect([chosen.redisPrefix, chosen.indexPrefix]).toEqual(['mine_full', 'mine_full_']);
  expect(readConfig({})).toMatchObject({ database: 'eduplatform', redisPrefix: 'edu', indexPrefix: '' });
});

test('a scale is not for production', () => {
  expect(() => readConfig({ EDU_MODE: 'production' }, { scale: 'small' })).toThrow('EDU_MODE');
});
