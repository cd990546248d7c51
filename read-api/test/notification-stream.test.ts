import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registry } from '@eduplatform/observability/metrics';
import { eventually, testRedis } from '@eduplatform/local/testing/context';
import { startProxy, type Proxy } from '@eduplatform/local/testing/proxy';
import type { StreamLimits } from '../notifications/streams.ts';
import { as, briefly, startApi, type TestApi } from './support/api.ts';
import { EventSource } from './support/event-source.ts';
import { at, notification } from './support/learning.ts';
import { RedisWriter } from './support/redis-writer.ts';

let writer: RedisWriter;
let proxy: Proxy;
let api: TestApi;
let address: string;
let student: string;
const opened: EventSource[] = [];

async function start(streams: StreamLimits = {}): Promise<void> {
  api = await startApi({ redisUrl: `redis://${proxy.address}`, prefix: writer.prefix, streams });
  address = await api.app.listen({ host: '127.0.0.1', port: 0 });
}

beforeEach(async () => {
  const { url, prefix } = testRedis();
  writer = new RedisWriter(url, prefix);
  proxy = await startProxy(url);
  student = randomUUID();
  await writer.declare();
});
afterEach(async () => {
  for (const source of opened.splice(0)) source.close();
  await api.close();
  await proxy.close();
  await writer.close();
});

async function follow(headers: Record<string, string> = as(student)): Promise<EventSource> {
  const source = await EventSource.open(`${address}/v1/notifications/me/stream`, headers);
  opened.push(source);
  return source;
}
const followFrom = (id: string) => follow({ ...as(student), 'last-event-id': id });
const notify = (minute: number, given: Parameters<typeof notification>[1] = {}) =>
  notification(student, { createdAt: at(minute), ...given });
const idOf = ({ body }: { body: string }): string => JSON.parse(body).id;
const openCount = async (): Promise<number> =>
  (await registry.getSingleMetric('read_notification_streams')?.get())?.values[0]?.value ?? 0;

describe('a notification stream', () => {
  it('begins with how many are unread, and tells what is announced, as it is stored', async () => {
    await start();
    const before = notify(1);
    await writer.batch([before, notify(0, { isRead: true })]);
    const source = await follow({ ...as(student), 'accept-encoding': 'gzip, br' });
    expect(source.status).toBe(200);
    expect(source.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-read-position': writer.position,
    });
    expect(source.headers).not.toHaveProperty('content-encoding');
    expect(await source.seen('unread', 1)).toEqual([{ event: 'unread', data: '1', id: idOf(before) }]);
    expect(source.retryMs).toBeGreaterThanOrEqual(2000);
    const news = notify(2);
    await writer.batch([news, notification(randomUUID())]);
    expect(await source.seen('notification', 1)).toEqual([{ event: 'notification', data: news.body, id: idOf(news) }]);
    expect(await source.seen('unread', 2)).toMatchObject([{}, { data: '2' }]);
    await writer.batch([notify(2, { id: idOf(news), isRead: true })]);
    expect(await source.seen('unread', 3)).toMatchObject([{}, {}, { data: '1' }]);
    expect(await source.seen('notification', 1)).toHaveLength(1);
  });

  it('tells also what arrives behind something later, and many at once in their order', async () => {
    await start();
    await writer.batch([notify(5)]);
    const source = await follow();
    await source.seen('unread', 1);
    const late = notify(3);
    await writer.batch([late]);
    expect(await source.seen('notification', 1)).toMatchObject([{ id: idOf(late) }]);
    const many = Array.from({ length: 30 }, (_, index) => notify(10 + index));
    await writer.batch(many);
    expect((await source.seen('notification', 31)).slice(1).map(({ id }) => id)).toEqual(many.map(idOf));
  });

  it('asks Redis nothing as long as nothing of its reader is announced', async () => {
    await start();
    const source = await follow();
    await source.seen('unread', 1);
    proxy.takeTraffic();
    const position = await writer.batch([notification(randomUUID())]);
    await eventually(() => api.readModel.state.mark('redis')?.position === position);
    expect(proxy.takeTraffic().commands).not.toContain('evalsha');
  });

  it('goes on from the event that its reader saw last', async () => {
    await start();
    const all = Array.from({ length: 5 }, (_, minute) => notify(minute));
    const ids = all.map(idOf) as [string, string, string, string, string];
    await writer.batch(all);
    const source = await followFrom(ids[2]);
    expect((await source.seen('notification', 2)).map(({ id }) => id)).toEqual(ids.slice(3));
    const fromTheBeginning = await followFrom('none');
    expect((await fromTheBeginning.seen('notification', 5)).map(({ id }) => id)).toEqual(ids);
    const upToDate = await followFrom(ids[4]);
    await upToDate.seen('unread', 1);
    expect(upToDate.events.map(({ event }) => event)).toEqual(['unread']);
  });

  it('says that more happened than it tells', async () => {
    await start();
    const all = Array.from({ length: 130 }, (_, minute) => notify(minute));
    await writer.fill(all);
    for (const id of [idOf(all[3] ?? notify(0)), randomUUID(), 'none', 'a b']) {
      const source = await followFrom(id);
      const newest = idOf(all.at(-1) ?? notify(0));
      expect(await source.seen('reset', 1)).toEqual([{ event: 'reset', data: '{}', id: newest }]);
      await source.seen('unread', 1);
      expect(source.events.map(({ event }) => event)).toEqual(['reset', 'unread']);
      source.close();
    }
  });

  it('begins, for a reader of whom nothing is known yet, before the first', async () => {
    await start();
    const source = await follow();
    expect(await source.seen('unread', 1)).toEqual([{ event: 'unread', data: '0', id: 'none' }]);
  });

  it('shows that it lives', async () => {
    await start({ heartbeatMs: 20 });
    const source = await follow();
    await eventually(() => source.heartbeats >= 3);
  });

  it('ends when the token expires', async () => {
    await start();
    const source = await follow(briefly(student, 2000));
    expect(source.status).toBe(200);
    await source.ended();
    expect((await registry.getSingleMetric('read_notification_streams_ended_total')?.get())?.values).toContainEqual(
      expect.objectContaining({ labels: { reason: 'expired' } }),
    );
  });

  it('goes on in the next generation', async () => {
    await start();
    const source = await follow();
    await source.seen('unread', 1);
    writer.generation = 2;
    const news = notify(1);
    await writer.write([news]);
    await writer.declare();
    await writer.announce();
    expect(await source.seen('notification', 1)).toMatchObject([{ id: idOf(news) }]);
  });

  it('ends while Redis is away, and what was missed comes with the next one', async () => {
    await start();
    const seen = notify(1);
    await writer.batch([seen]);
    const source = await follow();
    await source.seen('unread', 1);
    await proxy.stop();
    await source.ended();
    expect((await follow()).status).toBe(503);
    const missed = notify(2);
    await writer.batch([missed]);
    await proxy.start();
    await eventually(() => api.readModel.isUp);
    const next = await followFrom(idOf(seen));
    expect(await next.seen('notification', 1)).toMatchObject([{ id: idOf(missed) }]);
  });

  it('is for who is signed in', async () => {
    await start();
    expect((await follow({})).status).toBe(401);
  });

  it('ends when the service stops, which waits for nobody', async () => {
    await start();
    const sources = await Promise.all([follow(), follow()]);
    await api.close();
    for (const source of sources) await source.ended();
    expect(await openCount()).toBe(0);
  });

  it('is not measured as a request that took long', async () => {
    await start();
    const source = await follow();
    source.close();
    await eventually(async () => (await openCount()) === 0);
    expect((await follow({})).status).toBe(401);
    const histogram = await registry.getSingleMetric('http_server_request_duration_seconds')?.get();
    const statuses = histogram?.values
      .filter(({ labels }) => String(labels['route']).endsWith('/stream'))
      .map(({ labels }) => labels['status']);
    expect(statuses).toContain(401);
    expect(statuses).not.toContain(200);
  });
});

describe('streams are bounded', () => {
  it('for each person, until one is closed', async () => {
    await start();
    const sources = await Promise.all(Array.from({ length: 5 }, () => follow()));
    expect(sources.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const refused = await follow();
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBeDefined();
    expect((await follow(as(randomUUID()))).status).toBe(200);
    sources[0]?.close();
    await eventually(async () => (await follow()).status === 200);
  });

  it('for the process', async () => {
    await start({ max: 2 });
    await Promise.all([follow(), follow(as(randomUUID()))]);
    const refused = await follow(as(randomUUID()));
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBeDefined();
  });

  it('by what they keep for a reader who does not read', async () => {
    await start();
    const source = await follow();
    await source.seen('unread', 1);
    source.pause();
    const text = 'x'.repeat(200_000);
    let minute = 0;
    await eventually(
      async () => {
        await writer.batch(Array.from({ length: 5 }, () => notify((minute += 1), { params: { text } })));
        return (await openCount()) === 0;
      },
      { timeoutMs: 15_000 },
    );
  });
});
