import { afterAll, beforeAll, expect, it } from 'vitest';
import { testRedis } from '@eduplatform/local/testing/context';
import { forgedTokens, genuine, sendForgedTokens } from '@eduplatform/local/testing/forged-tokens/forged-tokens';
import { mint, startApi, type TestApi } from './support/api.ts';
import { RedisWriter } from './support/redis-writer.ts';

const LONG_MS = 600_000;
const { url, prefix } = testRedis();
const writer = new RedisWriter(url, prefix);
let api: TestApi;
beforeAll(async () => {
  await writer.declare();
  api = await startApi({ redisUrl: url, prefix, rateLimits: { read: 1e9, search: 1e9, position: 1e9, stream: 1e9 } });
});
afterAll(async () => {
  await api.close();
  await writer.close();
});

it('there are enough forged tokens, no two alike, and a genuine one is admitted', async () => {
  const tokens = forgedTokens(mint);
  expect(tokens.length).toBeGreaterThan(200);
  expect(new Set(tokens.map(({ name }) => name)).size).toBe(tokens.length);
  const headers = { authorization: `Bearer ${genuine(mint)}` };
  expect((await api.app.inject({ url: '/v1/courses', headers })).statusCode).toBe(200);
});

it('no route admits a forged token, not even one that is open to everyone', { timeout: LONG_MS }, async () => {
  const { admitted, sent } = await sendForgedTokens(api.app, mint);
  expect(admitted).toEqual([]);
  expect(sent).toBeGreaterThan(200);
});
