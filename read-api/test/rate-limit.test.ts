import { afterAll, beforeAll, expect, it } from 'vitest';
import { testRedis } from '@eduplatform/local/testing/context';
import { as, startApi, type TestApi } from './support/api.ts';
import { RedisWriter } from './support/redis-writer.ts';

const { url, prefix } = testRedis();
const writer = new RedisWriter(url, prefix);
let api: TestApi;
beforeAll(async () => {
  await writer.declare();
  api = await startApi({
    redisUrl: url,
    prefix,
    rateLimits: { search: 3, position: 2 },
    trustedProxies: ['loopback'],
  });
});
afterAll(async () => {
  await api.close();
  await writer.close();
});

const search = (remoteAddress: string, forwarded?: string, headers = {}) =>
  api.app.inject({
    url: '/v1/search',
    remoteAddress,
    headers: { ...headers, ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) },
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

it('limits a person wherever they are, and not those at the same address', async () => {
  expect(await statuses(3, '203.0.113.30', undefined, as('ann'))).toEqual([200, 200, 200]);
  expect(await statuses(1, '203.0.113.31', undefined, as('ann'))).toEqual([429]);
  expect(await statuses(1, '203.0.113.30', undefined, as('bob'))).toEqual([200]);
});

it('limits questions after a position by themselves', async () => {
  const ask = () =>
    api.app.inject({ url: `/v1/positions/${writer.position}?timeoutMs=0`, remoteAddress: '203.0.113.9' });
  const statuses = [(await ask()).statusCode, (await ask()).statusCode, (await ask()).statusCode];
  expect(statuses).toEqual([200, 200, 429]);
  expect((await search('203.0.113.9')).statusCode).toBe(200);
});

it('says with every answer how much is left, also with 304, 401 and 429', async () => {
  const remoteAddress = '203.0.113.40';
  const first = await search(remoteAddress);
  expect(first.headers).toMatchObject({ 'ratelimit-limit': '3', 'ratelimit-remaining': '2' });
  expect(Number(first.headers['ratelimit-reset'])).toBeGreaterThan(0);
  const same = await search(remoteAddress, undefined, { 'if-none-match': first.headers.etag });
  expect([same.statusCode, same.headers['ratelimit-remaining']]).toEqual([304, '1']);
  const forged = await search(remoteAddress, undefined, { authorization: 'Bearer no.such.token' });
  expect([forged.statusCode, forged.headers['ratelimit-remaining']]).toEqual([401, '0']);
  const refused = await search(remoteAddress);
  expect(refused.headers).toMatchObject({ 'ratelimit-limit': '3', 'ratelimit-remaining': '0' });
  expect(refused.headers['retry-after']).toBe(refused.headers['ratelimit-reset']);
});

it('limits every route but those that operations and other services rely on', () => {
  const unlimited = api.app.routeTable.filter(({ rateClass }) => rateClass === null).map(({ url }) => url);
  expect(unlimited.filter((path) => !/^\/(livez|readyz|docs\b)/.test(path))).toEqual([]);
  expect(api.app.routeTable.map(({ rateClass }) => rateClass)).toContain('search');
});
