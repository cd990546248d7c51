import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, testRedis } from '@eduplatform/local/testing/context';
import { startProxy, type Proxy } from '@eduplatform/local/testing/proxy';
import { registry } from '@eduplatform/observability/metrics';
import { startApi, type TestApi } from './support/api.ts';
import { RedisWriter } from './support/redis-writer.ts';

const LIMIT = 20;
const { url, prefix } = testRedis();
const writer = new RedisWriter(url, prefix);
let proxy: Proxy;
let apis: [TestApi, TestApi];
beforeAll(async () => {
  await writer.declare();
  proxy = await startProxy(url);
  const options = { redisUrl: `redis://${proxy.address}`, prefix, rateLimits: { search: LIMIT } };
  apis = [await startApi(options), await startApi(options)];
});
afterAll(async () => {
  await Promise.all(apis.map((api) => api.close()));
  await proxy.close();
  await writer.close();
});

const search = (api: TestApi, remoteAddress: string) => api.app.inject({ url: '/v1/search', remoteAddress });
const remaining = async (api: TestApi, remoteAddress: string): Promise<number> =>
  Number((await search(api, remoteAddress)).headers['ratelimit-remaining']);
const errors = async (): Promise<number> => {
  const metric = await registry.getSingleMetric('rate_limit_store_errors_total')?.get();
  return metric?.values[0]?.value ?? 0;
};

it('is one limit for several processes, exchanged in the background', async () => {
  const [one, other] = apis;
  const address = '203.0.113.1';
  for (let count = 0; count < LIMIT / 2; count += 1) await search(one, address);
  // What the other one is asked until it has heard counts as well, so the two together never get past the limit by much.
  await eventually(async () => (await remaining(other, address)) < LIMIT / 2 - 1);
  for (let count = 0; count < LIMIT / 2; count += 1) await search(other, address);
  expect((await search(other, address)).statusCode).toBe(429);
  await eventually(async () => (await search(one, address)).statusCode === 429);
});

it('asks Redis nothing for callers who use little', async () => {
  const [one] = apis;
  await search(one, '203.0.113.2');
  await search(one, '203.0.113.3');
  await search(one, '203.0.113.3');
  await eventually(async () => (await writer.redis.keys(`${prefix}:rate:*203.0.113.3`)).length === 1);
  expect(await writer.redis.keys(`${prefix}:rate:*203.0.113.2`)).toEqual([]);
});

it('goes on by itself without Redis, counts that, and tells what it counted when Redis is back', async () => {
  const [one, other] = apis;
  const address = '203.0.113.4';
  const before = await errors();
  await proxy.stop();
  for (let count = 0; count < LIMIT - 2; count += 1) expect((await search(one, address)).statusCode).not.toBe(429);
  await eventually(async () => (await errors()) > before);
  await proxy.start();
  await eventually(async () => Number(await writer.redis.get(`${prefix}:rate:search address ${address}`)) >= LIMIT - 2);
  expect((await search(one, address)).statusCode).not.toBe(429);
  await search(other, address);
  await search(other, address);
  await eventually(async () => (await search(other, address)).statusCode === 429);
});
