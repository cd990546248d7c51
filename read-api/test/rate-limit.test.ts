import { afterAll, beforeAll, expect, it } from 'vitest';
import { testRedis } from '@eduplatform/local/testing/context';
import { startApi, type TestApi } from './support/api.ts';
import { RedisWriter } from './support/redis-writer.ts';

const { url, prefix } = testRedis();
const writer = new RedisWriter(url, prefix);
let api: TestApi;
beforeAll(async () => {
  await writer.declare();
  api = await startApi({
    redisUrl: url,
    prefix,
    searchesPer10Seconds: 3,
    positionsPer10Seconds: 2,
    trustedProxies: ['loopback'],
  });
});
afterAll(async () => {
  await api.close();
  await writer.close();
});

const search = (remoteAddress: string, forwarded?: string) =>
  api.app.inject({
    url: '/v1/search',
    remoteAddress,
    ...(forwarded !== undefined && { headers: { 'x-forwarded-for': forwarded } }),
  });
const statuses = async (count: number, ...from: Parameters<typeof search>): Promise<number[]> => {
  const codes: number[] = [];
  for (let index = 0; index < count; index += 1) codes.push((await search(...from)).statusCode);
  return codes;
};

it('limits each caller whom the storefront names', async () => {
  expect(await statuses(4, '127.0.0.1', '203.0.113.7')).toEqual([200, 200, 200, 429]);
  expect(await statuses(1, '127.0.0.1', '203.0.113.8')).toEqual([200]);
  const refused = await search('127.0.0.1', '203.0.113.7');
  expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited' });
  expect(refused.headers['retry-after']).toBeDefined();
});

it('does not believe a stranger who names another', async () => {
  expect(await statuses(3, '198.51.100.1', '203.0.113.20')).toEqual([200, 200, 200]);
  expect(await statuses(1, '198.51.100.1', '203.0.113.21')).toEqual([429]);
});

it('gives the storefront itself more room when it names nobody', async () => {
  const codes = await statuses(31, '127.0.0.1');
  expect(codes.filter((code) => code === 200)).toHaveLength(30);
});

it('limits questions after a position by themselves', async () => {
  const ask = () =>
    api.app.inject({ url: `/v1/positions/${writer.position}?timeoutMs=0`, remoteAddress: '203.0.113.9' });
  const statuses = [(await ask()).statusCode, (await ask()).statusCode, (await ask()).statusCode];
  expect(statuses).toEqual([200, 200, 429]);
  expect((await search('203.0.113.9')).statusCode).toBe(200);
});
