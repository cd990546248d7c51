import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { OutboxNotifier } from '@eduplatform/db/outbox-notifier';
import type { Tx } from '@eduplatform/db/transaction';
import { readBatch } from '../source/read-batch.ts';
import { LOOK_MS } from '../rebuild/steward.ts';
import { WakeUp } from '../source/wake-up.ts';
import { createBench, documentKeys, ignore, startRedisIndexer } from './support/bench.ts';
import { insertTeacher, published, publishNew, storeRevision, testContent, testLesson } from './support/courses.ts';

const WAIT = { timeout: 10_000, interval: 10 };
const HOUR_MS = 3_600_000;
const START = { transactionId: '0', position: '0' };

/** A reader that remembers the last position it saw, as most do. */
async function readNaively(pool: pg.Pool, after: string): Promise<string[]> {
  const { rows } = await pool.query<{ position: string }>(
    'select position::text from outbox where position > $1 order by position',
    [after],
  );
  return rows.map(({ position }) => position);
}

async function openTransaction(url: string): Promise<{ tx: Tx; commit: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('begin');
  return { tx: client as unknown as Tx, commit: async () => void (await client.query('commit')) };
}

test('transactions that commit in the opposite order of their ids are both read, where a naive reader skips one', async () => {
  const { pool, config } = await createBench();
  const slow = await openTransaction(config.databaseUrl);
  const early = await appendToOutbox(slow.tx, [published('early', 1, null)], null);
  const quick = await openTransaction(config.databaseUrl);
  const late = await appendToOutbox(quick.tx, [published('late', 1, null)], null);
  expect(early < late).toBe(true);
  await quick.commit();

  const naive = await readNaively(pool, '0');
  expect(naive).toHaveLength(1);
  const held = await readBatch(pool, 1, START, 10);
  expect(held).toMatchObject({ rows: [], isHeldBack: true });

  await slow.commit();
  expect(await readNaively(pool, naive.at(-1) ?? '')).toEqual([]);
  // The horizon is the cluster's: writers of other tests may hold it back for a while.
  await vi.waitFor(async () => {
    const { rows } = await readBatch(pool, 1, START, 10);
    expect(rows.map(({ aggregateId }) => aggregateId)).toEqual(['early', 'late']);
  }, WAIT);
});

test('an indexer that reads all the while indexes both', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const content = testContent([testLesson('One')]);
  const first = await publishNew(pool, teacher, content);
  startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);

  const slow = await openTransaction(config.databaseUrl);
  await storeRevision(slow.tx, first.id, 2, teacher, { ...content, title: 'Early' });
  const early = await appendToOutbox(slow.tx, [published(first.id, 2, 1)], null);
  const second = await publishNew(pool, teacher, testContent([testLesson('Two')], { title: 'Late' }));
  // The horizon stands at the slow transaction, and with it every sink.
  await vi.waitFor(async () => {
    const watermark = await model.watermark();
    expect(watermark?.position.slice(0, 31)).toBe(early.slice(0, 31));
  }, WAIT);
  expect(await model.body(documentKeys.card(second.id))).toBeNull();

  await slow.commit();
  await vi.waitFor(async () => {
    expect(await model.body(documentKeys.card(first.id))).toMatchObject({ title: 'Early' });
    expect(await model.body(documentKeys.card(second.id))).toMatchObject({ title: 'Late' });
  }, WAIT);
});

test('rows of another history are not read', async () => {
  const { pool } = await createBench();
  await pool.query(
    `insert into outbox (history, aggregate_type, aggregate_id, aggregate_version, type, payload)
     values (1, 'course', 'old', 1, 'course.deleted', '{}'), (2, 'course', 'new', 1, 'course.deleted', '{}')`,
  );
  await vi.waitFor(async () => {
    const { rows } = await readBatch(pool, 2, START, 10);
    expect(rows.map(({ aggregateId }) => aggregateId)).toEqual(['new']);
  }, WAIT);
});

/** Lets one see for what the sinks wait: their pauses in milliseconds, and how many rings they had seen before. */
/** Of the stream; whoever looks for an operator's wishes waits, too, and always for the same time. */
function observeWaits() {
  const wait = vi.spyOn(WakeUp.prototype, 'wait');
  onTestFinished(() => wait.mockRestore());
  return () => wait.mock.calls.map(([seen, ms]) => ({ seen, ms })).filter(({ ms }) => ms !== LOOK_MS);
}

test('an event of which no NOTIFY arrives is found by the poll alone', async () => {
  const { pool, config, model } = await createBench();
  const waits = observeWaits();
  const teacher = await insertTeacher(pool);
  startRedisIndexer({ ...config, pollMs: 50 }, { listens: false, announceMs: HOUR_MS });
  // It has found nothing and waits: what is published now can only be found by looking again.
  await vi.waitFor(() => expect(waits()).toContainEqual({ seen: 0, ms: 50 }), WAIT);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  await vi.waitFor(async () => expect(await model.body(documentKeys.card(course.id))).not.toBeNull(), WAIT);
});

test('an event is found by its NOTIFY alone, long before the poll', async () => {
  const { pool, config, model } = await createBench();
  const waits = observeWaits();
  const teacher = await insertTeacher(pool);
  startRedisIndexer({ ...config, pollMs: HOUR_MS }, { announceMs: HOUR_MS });
  // It has looked after both rings of its own connection, and now waits for an hour.
  await vi.waitFor(() => {
    const last = waits().at(-1);
    expect(last?.seen).toBe(2);
    expect(last?.ms).toBeGreaterThan(HOUR_MS / 2);
  }, WAIT);
  const looks = waits().length;
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  expect(waits()).toHaveLength(looks);
  const notifier = new OutboxNotifier({ connectionString: config.databaseUrl, onError: ignore });
  onTestFinished(() => notifier.close());
  notifier.wake();
  await vi.waitFor(async () => expect(await model.body(documentKeys.card(course.id))).not.toBeNull(), WAIT);
});
