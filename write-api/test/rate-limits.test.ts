import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, testRedis } from '@eduplatform/local/testing/context';
import { startProxy, type Proxy } from '@eduplatform/local/testing/proxy';
import { registry } from '@eduplatform/observability/metrics';
import { startHarness, type Harness } from './harness.ts';

const { url, prefix } = testRedis();
let proxy: Proxy;
let harnesses: [Harness, Harness];
beforeAll(async () => {
  proxy = await startProxy(url);
  const options = { rateLimits: { auth: 4, command: 2 }, redis: { url: `redis://${proxy.address}`, prefix } };
  harnesses = [await startHarness('demo', options), await startHarness('demo', options)];
});
afterAll(async () => {
  await Promise.all(harnesses.map((harness) => harness.stop()));
  await proxy.close();
});

const attempt = ({ send }: Harness, from: string, action = 'login') =>
  send('POST', `/v1/auth/${action}`, { headers: { 'x-forwarded-for': from }, body: {} });
const errors = async (): Promise<number> => {
  const metric = await registry.getSingleMetric('rate_limit_store_errors_total')?.get();
  return metric?.values[0]?.value ?? 0;
};

it('counts sign-ins of one address in all processes at once, to the last one', async () => {
  const [one, other] = harnesses;
  // The connection to Redis is made in the background.
  await eventually(async () => {
    const before = await errors();
    await Promise.all([attempt(one, '203.0.113.99'), attempt(other, '203.0.113.99')]);
    return (await errors()) === before;
  });
  const statuses = [];
  for (const harness of [one, other, one, other, one, other]) {
    statuses.push((await attempt(harness, '203.0.113.1')).status);
  }
  expect(statuses).toEqual([400, 400, 400, 400, 429, 429]);
  expect((await attempt(one, '203.0.113.1', 'register')).status).toBe(400);
});

it('counts commands of one person, wherever they are', async () => {
  const [harness] = harnesses;
  const teacher = await harness.person('teacher');
  const create = (from: string) =>
    harness.send('POST', '/v1/courses', { as: teacher, body: {}, headers: { 'x-forwarded-for': from } });
  const answers = [await create('203.0.113.2'), await create('203.0.113.3'), await create('203.0.113.4')];
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 429]);
  expect(answers[2]?.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '0' });
  expect(answers[2]?.headers['retry-after']).toBe(answers[2]?.headers['ratelimit-reset']);
  expect((await harness.send('POST', '/v1/courses', { as: await harness.person('teacher'), body: {} })).status).toBe(
    400,
  );
});

it('goes on counting by itself while Redis hangs or is away, and comes back to the common count', async () => {
  const [one, other] = harnesses;
  const address = '203.0.113.5';
  const before = await errors();
  proxy.hang();
  expect((await attempt(one, address)).status).toBe(400);
  await proxy.stop();
  expect((await attempt(one, address)).status).toBe(400);
  // The exchange in the background may have failed, too.
  expect(await errors()).toBeGreaterThanOrEqual(before + 2);
  await proxy.start();
  await eventually(async () => {
    const failed = await errors();
    await Promise.all([attempt(one, '203.0.113.98'), attempt(other, '203.0.113.98')]);
    return (await errors()) === failed;
  });
  const statuses = [];
  for (const harness of [one, other, other]) statuses.push((await attempt(harness, address)).status);
  expect(statuses).toEqual([400, 400, 429]);
});

it('leaves no route without a class but those that others rely on', () => {
  const [{ app }] = harnesses;
  const unlimited = app.routeTable.filter(({ rateClass }) => rateClass === null).map(({ url: path }) => path);
  expect(unlimited.filter((path) => !/^\/(livez|readyz|docs\b|\.well-known\/jwks\.json)/.test(path))).toEqual([]);
});

it('is sparing with what costs a lot: money, rendering, and what goes to everybody', () => {
  const [{ app }] = harnesses;
  const expensive = app.routeTable.filter(({ rateClass }) => rateClass === 'expensive').map(({ url: path }) => path);
  expect(expensive.sort()).toEqual([
    '/v1/admin/notifications',
    '/v1/auth/export',
    '/v1/payments',
    '/v1/studio/preview',
  ]);
});
