import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { documentKeys, redisNamespace } from '@eduplatform/contracts/redis-keys';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { transaction, type Tx } from '@eduplatform/db/transaction';
import { buildStart } from '../checkpoint.ts';
import { startHistory } from '../leader/identity.ts';
import { MODEL } from '../projections/registry.ts';
import { HistoryEndedError } from '../run/term-errors.ts';
import { RedisSink } from '../sinks/redis/redis-sink.ts';
import { createBench, ignore, startRedisIndexer } from './support/bench.ts';
import { insertTeacher, published, publishNew, testContent, testLesson } from './support/courses.ts';

const WAIT = { timeout: 10_000, interval: 10 };

test('an older dump in the same database is noticed also by a read model to which no row came since its build', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  const first = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await first.stop();
  // As after the load of a dump that was made before the publish.
  await pool.query('delete from outbox');
  await pool.query('update courses set live_revision = null');

  const onFatal = vi.fn();
  startRedisIndexer(config, { onFatal });
  await vi.waitFor(() => expect(onFatal).toHaveBeenCalledExactlyOnceWith(expect.any(HistoryEndedError)), WAIT);
  startRedisIndexer(config);
  await vi.waitFor(async () => expect((await model.watermark())?.position.startsWith('0000000002-')).toBe(true), WAIT);
  expect(await model.body(documentKeys.card(course.id))).toBeNull();
});

test('a build on an outbox of many rows is gone on with after a restart', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  // Positions of one, two and three digits in one transaction: as texts they have another order than as numbers.
  const changes = Array.from({ length: 120 }, () => ({
    ...{ type: 'user.changed' as const, aggregateType: 'user' as const, aggregateId: teacher, aggregateVersion: 1 },
    payload: { userId: teacher },
  }));
  await transaction(pool, (tx) => appendToOutbox(tx, changes, null));
  const first = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await first.stop();
  const { position } = (await model.watermark()) ?? { position: '' };

  const onFatal = vi.fn();
  startRedisIndexer(config, { onFatal });
  await vi.waitFor(async () => expect(((await model.watermark())?.position ?? '') > position).toBe(true), WAIT);
  expect(onFatal).not.toHaveBeenCalled();
});

test('ids that a cluster which was set back has given out again are noticed by their rows', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  const indexer = startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const { rows } = await pool.query<{ id: string }>('select pg_current_xact_id()::text as id');
  const behind = rows[0]?.id ?? '';
  await pool.query('select pg_current_xact_id()');
  // The horizon, and the read model with it, goes past an id that wrote nothing …
  await vi.waitFor(() => {
    const cursor = indexer.sinks()[0]?.checkpoint?.cursor.transactionId ?? '0';
    expect(BigInt(cursor)).toBeGreaterThan(BigInt(behind));
  }, WAIT);
  await indexer.stop();
  // … and after the cluster was set back that id was given out again, and wrote.
  const { type, payload } = published(course.id, 1, null);
  await pool.query(
    `insert into outbox (transaction_id, aggregate_type, aggregate_id, aggregate_version, type, payload)
     values ($1::xid8, 'course', $2, 1, $3, $4)`,
    [behind, course.id, type, JSON.stringify(payload)],
  );

  const onFatal = vi.fn();
  startRedisIndexer(config, { onFatal });
  await vi.waitFor(() => expect(onFatal).toHaveBeenCalledExactlyOnceWith(expect.any(HistoryEndedError)), WAIT);
});

test('a new history begins when whoever writes rows of the old one has ended', async () => {
  const { pool, config } = await createBench();
  const client = new pg.Client({ connectionString: config.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('begin');
  await appendToOutbox(client as unknown as Tx, [published('old', 1, null)], null);
  const begun = startHistory(pool, 1);
  const waiting = `select count(*)::int as count from pg_locks
    where not granted and relation = 'outbox'::regclass and database = (select oid from pg_database where datname = current_database())`;
  await vi.waitFor(async () => expect((await pool.query(waiting)).rows).toEqual([{ count: 1 }]), WAIT);
  await client.query('commit');
  await begun;
  expect((await pool.query('select history from stream_state')).rows).toEqual([{ history: 2 }]);
  await client.query('begin');
  const next = await appendToOutbox(client as unknown as Tx, [published('new', 1, null)], null);
  await client.query('commit');
  expect(next.startsWith('0000000002-')).toBe(true);
});

test('a generation that is begun anew is empty, also when its number was given out before', async () => {
  const { config, redis } = await createBench();
  const leftover = `${redisNamespace(config.redis.prefix, 3)}card:left-over`;
  await redis.hset(leftover, { v: '0', d: '{}' });
  const sink = new RedisSink({ ...config.redis, onError: ignore });
  onTestFinished(() => sink.close());
  await sink.open(3, 1);
  const identity = { history: 1, systemIdentifier: '1', timeline: 1, databaseOid: 1 };
  const checkpoint = buildStart(identity, { transactionId: '1', position: '0' }, MODEL);
  await sink.create(3, checkpoint);
  expect(await redis.exists(leftover)).toBe(0);
  expect((await sink.open(3, 1)).checkpoint).toEqual(checkpoint);
});
