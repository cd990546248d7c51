import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { keptAnswersSent } from '@eduplatform/http-kit/kept-answers/metrics';
import { registry } from '@eduplatform/observability/metrics';
import { eventually, testRedis } from '@eduplatform/local/testing/context';
import { startProxy, type Proxy } from '@eduplatform/local/testing/proxy';
import { as, briefly, startApi, type TestApi } from './support/api.ts';
import { testCourse, testLesson } from './support/courses.ts';
import { RedisWriter } from './support/redis-writer.ts';

const { url, prefix } = testRedis();
const writer = new RedisWriter(url, prefix);
const spans = new InMemorySpanExporter();
let proxy: Proxy;
let api: TestApi;
let origin: string;

const [free, paid] = (['free', 'paid'] as const).map((access) => testLesson({ access })) as [Lesson_, Lesson_];
type Lesson_ = ReturnType<typeof testLesson>;
const course = testCourse({ title: 'Before', lessons: [free, paid], price: { amount: 100, currency: 'EUR' } });
const path = `/v1/courses/${course.id}`;
const categories = JSON.stringify({ items: [], nextCursor: null });

beforeAll(async () => {
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }));
  await writer.publish(course, testCourse(), testCourse());
  await writer.batch([{ key: documentKeys.categories(), version: writer.position, body: categories }]);
  await writer.declare();
  proxy = await startProxy(url);
  api = await startApi({
    ...{ redisUrl: `redis://${proxy.address}`, prefix, cacheFreshMs: 3_600_000, trustedProxies: ['loopback'] },
    rateLimits: { read: 200 },
  });
  origin = await api.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await api.close();
  await proxy.close();
  await writer.close();
});

interface Seen {
  status: number;
  headers: Record<string, string>;
  body: string;
  isKept: boolean;
}

const sent = async (): Promise<number> => (await keptAnswersSent.get()).values[0]?.value ?? 0;
const ask = async (to: string, headers: Record<string, string> = {}): Promise<Seen> => {
  const before = await sent();
  const response = await fetch(origin + to, { headers });
  const body = await response.text();
  const isKept = (await sent()) > before;
  return { status: response.status, headers: Object.fromEntries(response.headers), body, isKept };
};
/** What two answers to the same request may differ in. */
const OWN = ['date', 'x-request-id', 'ratelimit-remaining', 'ratelimit-reset'];
const withoutOwn = ({ headers, status, body }: Seen) => ({
  ...{ status, body },
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN.includes(name))),
});
/** What is answered to a request as it is written. */
const rawly = async (request: string): Promise<string> => {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.end(request);
  return (await socket.setEncoding('latin1').toArray()).join('');
};
const titleOf = ({ body }: Seen): string => (JSON.parse(body) as { title: string }).title;

describe.each([
  ['a course', path],
  ['a course by its slug', `/v1/courses/${course.slug}`],
  ['a curriculum', `${path}/curriculum`],
  ['a catalog page', '/v1/courses?limit=2&sort=title'],
  ['a catalog page with filters', '/v1/courses?language=en&level=beginner'],
  ['the categories', '/v1/categories'],
  ['a free lesson', `/v1/lessons/${free.id}`],
  ['a locked lesson', `/v1/lessons/${paid.id}`],
])('%s that was answered before', (_name, to) => {
  it('is answered again with the same status, headers and bytes', async () => {
    const first = await ask(to);
    const second = await ask(to);
    expect([first.isKept, second.isKept]).toEqual([false, true]);
    expect(first.status).toBe(200);
    expect(withoutOwn(second)).toEqual(withoutOwn(first));
    expect(Object.keys(second.headers).sort()).toEqual(Object.keys(first.headers).sort());
  });

  it('is not sent again to a reader who holds it', async () => {
    const { headers } = await ask(to);
    const given = { 'if-none-match': headers.etag ?? '' };
    const kept = await ask(to, given);
    const { statusCode, headers: expected } = await api.app.inject({ url: to, headers: given });
    expect([kept.status, statusCode, kept.body, kept.isKept]).toEqual([304, 304, '', true]);
    const names = Object.keys(expected).filter((name) => name !== 'connection');
    expect(
      Object.keys(kept.headers)
        .filter((name) => name !== 'connection' && name !== 'keep-alive')
        .sort(),
    ).toEqual([...new Set([...names, 'date'])].sort());
    expect(kept.headers.etag).toBe(expected.etag);
  });
});

describe('a kept answer', () => {
  beforeEach(async () => void (await ask(path)));

  it('ends with the document that it was made of', async () => {
    expect(await ask(path)).toMatchObject({ isKept: true });
    await writer.publish({ ...course, title: 'After' });
    await eventually(async () => titleOf(await ask(path)) === 'After');
    const later = await ask(path);
    expect([titleOf(later), later.isKept, later.headers['x-read-position']]).toEqual(['After', true, writer.position]);
  });

  it('ends with any card that a page shows, and with the list that the page is of', async () => {
    const page = '/v1/courses?sort=title&limit=50';
    const titles = async (): Promise<string[]> =>
      (JSON.parse((await ask(page)).body) as { items: { title: string }[] }).items.map(({ title }) => title);
    await titles();
    await writer.publish({ ...course, title: 'A new card' });
    await eventually(async () => (await titles()).includes('A new card'));
    await writer.publish(testCourse({ title: 'A further course' }));
    await eventually(async () => (await titles()).includes('A further course'));
    expect((await ask(page)).isKept).toBe(true);
  });

  it('ends with its generation', async () => {
    writer.generation = 2;
    await writer.publish({ ...course, title: 'Of the next generation' });
    await writer.declare();
    await api.readModel.confirm();
    const first = await ask(path);
    expect([titleOf(first), first.isKept]).toEqual(['Of the next generation', false]);
    writer.generation = 1;
    await writer.declare();
    await api.readModel.confirm();
  });

  it('is not sent while changes are not heard of: the answer then says that it may be old', async () => {
    await proxy.stop();
    await eventually(() => !api.readModel.isUp);
    const stale = await ask(path);
    expect([stale.isKept, stale.headers['x-read-stale']]).toEqual([false, 'true']);
    expect((await ask(path)).isKept).toBe(false);
    await proxy.start();
    await eventually(() => api.readModel.isUp);
    await eventually(async () => (await ask(path)).isKept);
    expect((await ask(path)).headers).not.toHaveProperty('x-read-stale');
  });

  it('is not sent to who has written and waits for it', async () => {
    expect(await ask(path, { 'x-read-after': writer.position })).toMatchObject({ isKept: false, status: 200 });
  });

  it('is not sent to a request of another method or with a body', async () => {
    const withBody = `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}`;
    const before = await sent();
    expect(await rawly(withBody)).toMatch(/^HTTP\/1.1 200 /);
    expect((await fetch(origin + path, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(origin + path, { method: 'DELETE' })).status).toBe(404);
    expect(await sent()).toBe(before);
  });
});

it('is not kept of a search, which depends on the health of its engine', async () => {
  const to = '/v1/search?q=degraded';
  const answers = [await ask(to), await ask(to)];
  expect(answers.map(({ isKept }) => isKept)).toEqual([false, false]);
  expect(answers.map(({ body }) => (JSON.parse(body) as { degraded: boolean }).degraded)).toEqual([true, true]);
});

it('is not kept under an address with a query that the route does not take', async () => {
  const to = `${path}?anything=1`;
  await ask(to);
  expect((await ask(to)).isKept).toBe(false);
});

it('is not sent by a service that is overloaded', async () => {
  await ask(path);
  const isUnderPressure = vi.spyOn(api.app, 'isUnderPressure').mockReturnValue(true);
  const before = await sent();
  await ask(path);
  expect(await sent()).toBe(before);
  isUnderPressure.mockRestore();
  expect((await ask(path)).isKept).toBe(true);
});

describe('who is signed in', () => {
  it('gets what is the same for everybody, once the token was found valid', async () => {
    const ann = as('ann');
    await ask(path);
    expect((await ask(path, ann)).isKept).toBe(false);
    const second = await ask(path, ann);
    expect([second.isKept, second.status]).toEqual([true, 200]);
  });

  it('does not get what strangers get', async () => {
    const to = `/v1/lessons/${paid.id}`;
    await ask(to);
    expect(await ask(to)).toMatchObject({ isKept: true });
    const owner = as(course.ownerId, 'teacher');
    for (const _time of [1, 2]) {
      const opened = await ask(to, owner);
      expect([opened.isKept, (JSON.parse(opened.body) as { locked: boolean }).locked]).toEqual([false, false]);
    }
    expect((JSON.parse((await ask(to)).body) as { locked: boolean }).locked).toBe(true);
  });

  it('is refused with a token that has expired since, or that nobody signed', async () => {
    const brief = briefly('bob', 1000);
    await ask(path, brief);
    expect((await ask(path, brief)).isKept).toBe(true);
    await eventually(async () => (await ask(path, brief)).status === 401);
    const forged = { authorization: `${as('carl').authorization.slice(0, -6)}AAAAAA` };
    expect([(await ask(path, forged)).status, (await ask(path, forged)).status]).toEqual([401, 401]);
  });

  it('is counted as themselves', async () => {
    const headers = as('dora');
    const remaining = [];
    for (const _time of [1, 2, 3]) remaining.push((await ask(path, headers)).headers['ratelimit-remaining']);
    expect(remaining).toEqual(['199', '198', '197']);
  });
});

it('counts against the rate limit of whom a trusted proxy names, and refuses whoever has used it up', async () => {
  await ask(path);
  const headers = { 'x-forwarded-for': '203.0.113.9' };
  const first = await ask(path, headers);
  expect([first.isKept, first.headers['ratelimit-limit'], first.headers['ratelimit-remaining']]).toEqual([
    ...[true, '200', '199'],
  ]);
  for (let index = 0; index < 199; index += 1) await fetch(origin + path, { headers }).then((it) => it.arrayBuffer());
  const refused = await ask(path, headers);
  expect([refused.status, refused.isKept]).toEqual([429, false]);
  expect(JSON.parse(refused.body)).toMatchObject({ code: 'rate_limited' });
  expect((await ask(path, { 'x-forwarded-for': '203.0.113.10' })).status).toBe(200);
});

it('is timed under its route, and has a span that goes on with the trace of who asks', async () => {
  const count = async (): Promise<number> => {
    const text = await registry.getSingleMetricAsString('http_server_request_duration_seconds');
    return Number(/_count\{method="GET",route="\/v1\/courses\/:idOrSlug",status="200"\} (\d+)/.exec(text)?.[1]);
  };
  await ask(path);
  const before = await count();
  spans.reset();
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const { headers, isKept } = await ask(path, { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
  expect(isKept).toBe(true);
  await eventually(async () => (await count()) === before + 1);
  await eventually(() => spans.getFinishedSpans().length > 0);
  const [span] = spans.getFinishedSpans();
  expect(span?.spanContext().traceId).toBe(traceId);
  expect(span?.attributes).toMatchObject({
    'http.route': '/v1/courses/:idOrSlug',
    'http.response.status_code': 200,
    'request.id': headers['x-request-id'],
    'answer.kept': true,
  });
});
