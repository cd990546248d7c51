import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PositionStatus } from '@eduplatform/contracts/positions';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { eventually, testRedis } from '@eduplatform/local/testing/context';
import { startApi, type TestApi } from './support/api.ts';
import { violations } from './support/conforms.ts';
import { positionAt, redisDocuments, testCourse } from './support/courses.ts';
import { RedisWriter } from './support/redis-writer.ts';

const { url, prefix } = testRedis();
const writer = new RedisWriter(url, prefix);
const HOUR = 3_600_000;
let api: TestApi;
/** One that gives up at once. */
let impatient: TestApi;

const course = testCourse({ title: 'Before' });
const path = `/v1/courses/${course.id}`;

beforeAll(async () => {
  await writer.publish(course);
  await writer.declare();
  const options = { redisUrl: url, prefix, cacheFreshMs: HOUR };
  [api, impatient] = await Promise.all([startApi(options), startApi({ ...options, readAfterMs: 1 })]);
});
afterAll(async () => {
  await Promise.all([api.close(), impatient.close()]);
  await writer.close();
});

const rename = (title: string) => redisDocuments({ ...course, title }, positionAt(999_999));
const titleOf = (response: { json(): { title: string } }): string => response.json().title;

describe('reading after a write', () => {
  it('waits until the sink has passed the position, and answers with what was written', async () => {
    await api.app.inject(path);
    const position = writer.nextPosition();
    const pending = api.app.inject({ url: path, headers: { 'x-read-after': position } });
    const touched = await writer.write(rename('Waited for'));
    await writer.announce({ touched, position });
    const response = await pending;
    expect(titleOf(response)).toBe('Waited for');
    expect(response.headers['x-read-position']).toBe(position);
    expect(response.headers).not.toHaveProperty('x-read-stale');
  });

  it('says that a document is old while a newer one is refused, also one that is not there', async () => {
    const key = `${prefix}:g1:${documentKeys.course(course.id)}`;
    await writer.redis.hset(key, 's', '1');
    await writer.batch([]);
    await writer.announce({ touched: [documentKeys.course(course.id)], position: writer.nextPosition() });
    await eventually(async () => (await api.app.inject(path)).headers['x-read-stale'] === 'true');
    await writer.batch(rename('Mended'));
    await eventually(async () => titleOf(await api.app.inject(path)) === 'Mended');
    expect((await api.app.inject(path)).headers).not.toHaveProperty('x-read-stale');
    const id = randomUUID();
    await writer.redis.hset(`${prefix}:g1:${documentKeys.course(id)}`, 's', '1');
    const absent = await api.app.inject(`/v1/courses/${id}`);
    expect([absent.statusCode, absent.headers['x-read-stale']]).toEqual([404, 'true']);
  });

  it('does not use a copy that was read before the position, even when nobody announced the change', async () => {
    await writer.batch(rename('Announced'));
    const before = await api.app.inject({ url: path, headers: { 'x-read-after': writer.position } });
    expect(titleOf(before)).toBe('Announced');
    const position = writer.nextPosition();
    await writer.write(rename('Silently changed'));
    await writer.announce({ touched: [], position });
    await eventually(() => api.readModel.state.mark('redis')?.position === position);
    expect(titleOf(await api.app.inject(path))).toBe('Announced');
    const after = await api.app.inject({ url: path, headers: { 'x-read-after': position } });
    expect(titleOf(after)).toBe('Silently changed');
    expect(titleOf(await api.app.inject(path))).toBe('Silently changed');
  });

  it('answers with what it has, marked stale, when the time runs out', async () => {
    const response = await impatient.app.inject({ url: path, headers: { 'x-read-after': positionAt(500_000) } });
    expect(response.statusCode).toBe(200);
    expect(response.headers['x-read-stale']).toBe('true');
    expect((response.headers['x-read-position'] as string) < positionAt(500_000)).toBe(true);
  });

  it.each(['/v1/courses/not-there', `/v1/lessons/${randomUUID()}`])(
    'says how fresh it is that nothing is there: %s',
    async (absent) => {
      const found = await impatient.app.inject({ url: absent, headers: { 'x-read-after': writer.position } });
      expect(found.statusCode).toBe(404);
      expect(found.headers).toMatchObject({ 'x-read-position': writer.position, 'x-read-time': expect.any(String) });
      expect(found.headers).not.toHaveProperty('x-read-stale');
      const stale = await impatient.app.inject({ url: absent, headers: { 'x-read-after': positionAt(500_000) } });
      expect(stale.statusCode).toBe(404);
      expect(stale.headers).toMatchObject({ 'x-read-position': writer.position, 'x-read-stale': 'true' });
    },
  );

  it('does not wait for a position of a history that has ended', async () => {
    const headers = { 'x-read-after': positionAt(1, 0) };
    const response = await api.app.inject({ url: path, headers });
    expect(response.headers['x-read-stale']).toBe('true');
  });

  it('waits for a position of a history that is yet to come', async () => {
    const headers = { 'x-read-after': positionAt(1, 2) };
    expect((await impatient.app.inject({ url: path, headers })).headers['x-read-stale']).toBe('true');
  });

  it('covers lists too', async () => {
    await api.app.inject('/v1/courses?sort=newest');
    const added = testCourse({ publishedAt: '2031-01-01T00:00:00.000Z' });
    const pending = writer.publish(added);
    const position = positionAt(Number(writer.position.split('-')[1]));
    const response = await api.app.inject({ url: '/v1/courses', headers: { 'x-read-after': position } });
    await pending;
    expect(response.json().items[0]).toMatchObject({ id: added.id });
  });
});

describe('the in-process cache', () => {
  it('asks Redis once for a thousand readers at once', async () => {
    await writer.batch([
      { key: documentKeys.categories(), version: writer.position, body: '{"items":[],"nextCursor":null}' },
    ]);
    await eventually(() => api.readModel.state.mark('redis')?.position === writer.position);
    const sent = vi.spyOn(api.readModel.redis, 'hmgetBuffer');
    const responses = await Promise.all(Array.from({ length: 1000 }, () => api.app.inject('/v1/categories')));
    expect(new Set(responses.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(sent).toHaveBeenCalledTimes(1);
    sent.mockRestore();
  });

  it('drops what the indexer announces', async () => {
    await api.app.inject(path);
    await writer.batch(rename('Announced again'));
    await eventually(async () => titleOf(await api.app.inject(path)) === 'Announced again');
  });

  it('moves to another generation with its readers', async () => {
    await api.app.inject(path);
    writer.generation = 2;
    await writer.write(rename('Next generation'));
    await writer.declare();
    await writer.announce();
    await eventually(async () => titleOf(await api.app.inject(path)) === 'Next generation');
  });
});

describe('a position', () => {
  const statusOf = async (position: string, timeoutMs: number) => {
    const response = await api.app.inject(`/v1/positions/${position}?timeoutMs=${timeoutMs}`);
    expect(response.statusCode).toBe(200);
    expect(violations(PositionStatus, response.json())).toEqual([]);
    expect(response.headers['cache-control']).toBe('no-store');
    return response.json();
  };

  it('is live when every sink has passed it', async () => {
    const status = await statusOf(positionAt(1), 0);
    expect(status).toMatchObject({ position: positionAt(1), live: true });
    expect(status.sinks).toMatchObject([
      { name: 'redis', passed: true },
      { name: 'search', passed: true },
    ]);
  });

  it('answers as soon as the last sink passes it', async () => {
    const position = writer.nextPosition();
    const pending = statusOf(position, 30_000);
    await writer.announce({ position });
    await eventually(() => api.readModel.state.mark('redis')?.position === position);
    expect(await statusOf(position, 0)).toMatchObject({
      live: false,
      sinks: [
        { passed: true, at: expect.any(String) },
        { passed: false, at: null },
      ],
    });
    await writer.announce({ sink: 'search', position });
    expect(await pending).toMatchObject({ live: true });
  });

  it('is reported as not live when the time is up', async () => {
    expect(await statusOf(positionAt(900_000), 1)).toMatchObject({ live: false });
  });

  it('is reported at once when too many wait, who take no place of reads that wait', async () => {
    const crowded = await startApi({ redisUrl: url, prefix, maxPositionWaiters: 1 });
    const position = writer.nextPosition();
    const ask = () => crowded.app.inject(`/v1/positions/${position}?timeoutMs=30000`);
    const answered = await Promise.race([ask(), ask()]);
    expect(answered.json()).toMatchObject({ live: false });
    const read = crowded.app.inject({ url: path, headers: { 'x-read-after': position } });
    await writer.announce({ position });
    expect((await read).headers).not.toHaveProperty('x-read-stale');
    await crowded.close();
  });

  it('of a history that has ended is reported at once', async () => {
    expect(await statusOf(positionAt(1, 0), 30_000)).toMatchObject({ live: false });
  });
});
