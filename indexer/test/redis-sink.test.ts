import type { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import type { DocumentChange } from '@eduplatform/contracts/document-change';
import { watermarkChannel, type WatermarkMessage } from '@eduplatform/contracts/redis-keys';
import { atHorizon, buildStart, checkpointPosition } from '../checkpoint.ts';
import { RedisSink } from '../sinks/redis/redis-sink.ts';
import { FencedError, ReopenError } from '../sinks/sink.ts';
import { positionOf } from '../source/outbox-row.ts';
import { createBench, ignore } from './support/bench.ts';

const identity = { history: 1, systemIdentifier: '1', timeline: 1, databaseOid: 1 };
const start = buildStart(identity, { transactionId: '10', position: '0' }, 1);
const at = (transactionId: string) => positionOf(1, { transactionId, position: '1' });
const change = (transactionId: string, body: string): DocumentChange => ({
  key: 'card:1',
  version: at(transactionId),
  body,
  lists: [{ list: 'list:courses:all:title', member: body }],
});
const live = (transactionId: string) => {
  const checkpoint = { ...atHorizon(start, { transactionId, position: '0' }), state: 'live' as const };
  return { checkpoint, watermark: { position: checkpointPosition(checkpoint), at: new Date().toISOString() } };
};

async function openSink(epoch = 1) {
  const bench = await createBench();
  const another = (next: number) => openAnother(bench.config.redis, next);
  const sink = await another(epoch);
  await sink.create(1, start);
  await sink.apply([], live('11'));
  return { ...bench, sink, another };
}

async function openAnother(redis: { url: string; prefix: string }, epoch: number): Promise<RedisSink> {
  const sink = new RedisSink({ ...redis, onError: ignore });
  onTestFinished(() => sink.close());
  await sink.open(1, epoch);
  return sink;
}

test('a write that is not newer than what Redis holds is refused', async () => {
  const { sink, model } = await openSink();
  expect(await sink.apply([change('30', '"new"')], null)).toMatchObject({ sent: 1 });
  expect(await sink.apply([change('20', '"old"')], null)).toMatchObject({ sent: 0, stale: 1 });
  expect(await sink.apply([change('30', '"same"')], null)).toMatchObject({ sent: 0, stale: 1 });
  expect(await model.body('card:1')).toBe('new');
  expect(await model.list('list:courses:all:title')).toEqual(['"new"']);
});

test('a tombstone outlives older writes and gives way to newer ones', async () => {
  const { sink, model } = await openSink();
  await sink.apply([change('20', '"first"')], null);
  await sink.apply([{ key: 'card:1', version: at('30'), tombstone: true }], null);
  expect(await model.list('list:courses:all:title')).toEqual([]);
  expect(await sink.apply([change('25', '"late"')], null)).toMatchObject({ stale: 1 });
  await sink.apply([change('40', '"again"')], null);
  expect(await model.body('card:1')).toBe('again');
});

test('the same content is not written again, whatever its version', async () => {
  const { sink, model } = await openSink();
  await sink.apply([change('20', '"same"')], null);
  expect(await sink.apply([change('30', '"same"')], null)).toMatchObject({ sent: 0, unchanged: 1 });
  expect((await model.document('card:1')).v).toBe(at('20'));
});

test('a leader of an earlier epoch can neither write nor open', async () => {
  const { sink, another, model } = await openSink();
  const next = await another(2);
  await expect(sink.apply([change('20', '"zombie"')], null)).rejects.toThrow(FencedError);
  await expect(sink.open(1, 1)).rejects.toMatchObject({ name: 'FencedError', heldEpoch: 2 });
  await next.apply([change('20', '"next"')], null);
  expect(await model.body('card:1')).toBe('next');
});

test('a batch is refused when the checkpoint is not where it was left', async () => {
  const { sink, redis, config } = await openSink();
  await redis.hset(`${config.redis.prefix}:g1:checkpoint`, 'position', at('1'));
  await expect(sink.apply([change('20', '"x"')], live('20'))).rejects.toThrow(ReopenError);
});

test('a flushed Redis is noticed by a commit without changes', async () => {
  const { sink, redis, config } = await openSink();
  const keys = await redis.keys(`${config.redis.prefix}:*`);
  await redis.del(...keys);
  await expect(sink.apply([], live('20'))).rejects.toThrow(ReopenError);
});

test('after it was opened again, readers are told of every chunk of the first batch', async () => {
  const { another, redis, config } = await openSink();
  const next = await another(2);
  const messages = await hear(redis, config.redis.prefix);
  const changes = Array.from({ length: 450 }, (_, index) => ({ ...change('20', '"x"'), key: `card:${index}` }));
  const commit = live('20');
  await next.apply(changes, commit);
  await expect.poll(() => messages.at(-1)?.position).toBe(commit.watermark.position);
  const told = new Set(messages.flatMap(({ touched }) => touched));
  expect(changes.filter(({ key }) => !told.has(key))).toEqual([]);
});

/** What readers hear from now on. */
async function hear(redis: Redis, prefix: string): Promise<WatermarkMessage[]> {
  const subscriber = redis.duplicate();
  onTestFinished(() => subscriber.disconnect());
  const messages: WatermarkMessage[] = [];
  subscriber.on('message', (_channel: string, message: string) => {
    messages.push(JSON.parse(message) as WatermarkMessage);
  });
  await subscriber.subscribe(watermarkChannel(prefix));
  return messages;
}

test('readers are told the watermark, the touched documents and their lists', async () => {
  const { sink, redis, config } = await openSink();
  const messages = await hear(redis, config.redis.prefix);
  const commit = live('20');
  await sink.apply([change('20', '"x"')], commit);
  await expect.poll(() => messages.length).toBe(1);
  expect(messages[0]).toEqual({
    sink: 'redis',
    ...commit.watermark,
    generation: 1,
    touched: ['card:1', 'list:courses:all:title'],
  });
});
