import { expect, test, vi } from 'vitest';
import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { Queryable } from '@eduplatform/db/transaction';
import { afterRow, buildStart } from '../checkpoint.ts';
import type { Page, Projection } from '../projections/projection.ts';
import { NOTHING_APPLIED, type Applied, type Commit } from '../sinks/sink.ts';
import type { OutboxRow } from '../source/outbox-row.ts';
import { Pipeline } from './pipeline.ts';

const db = {} as Queryable;
const identity = { history: 1, systemIdentifier: '1', timeline: 1, databaseOid: 1 };
const start = buildStart(identity, { transactionId: '1', position: '0' }, 1);
const row = (transactionId: string): OutboxRow => ({
  ...{ history: 1, transactionId, position: '1', id: transactionId, type: 't', aggregateId: 'a', payload: {} },
  ...{ traceParent: null, occurredAt: new Date() },
});
const checkpointOf = (transactionId: string) => afterRow(start, row(transactionId));

/** A sink whose calls end when the test says so, and a projection that makes `pages` documents of each batch. */
function setUp(pages = 1, body = '{}') {
  const loads: string[] = [];
  const calls: { changes: DocumentChange[]; commit: Commit | null; end: (error?: Error) => void }[] = [];
  const projection = {
    async *touched(_db: Queryable, rows: readonly OutboxRow[]) {
      for (let page = 0; page < pages; page += 1) {
        const load = async () => {
          loads.push(rows[0]?.transactionId ?? '');
          return [{ key: `k:${rows[0]?.transactionId}:${page}`, body }];
        };
        yield { last: '', size: 1, load } satisfies Page;
      }
    },
  } as unknown as Projection;
  const sink = {
    name: 'redis' as const,
    callsAtOnce: 4,
    projections: [projection],
    apply: (changes: DocumentChange[], commit: Commit | null) =>
      new Promise<Applied>((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve(NOTHING_APPLIED));
        calls.push({ changes, commit, end });
      }),
  };
  const committed: string[] = [];
  const onFailure = vi.fn();
  const onCommit = (commit: Commit) => committed.push(commit.checkpoint.cursor.transactionId);
  return { pipeline: new Pipeline({ db, sink, onCommit, onFailure }), calls, loads, committed, onFailure };
}

test('the next batch is loaded and handed over while the one before is being written', async () => {
  const { pipeline, calls, committed } = setUp();
  await pipeline.submit([row('2')], checkpointOf('2'));
  await pipeline.submit([row('3')], checkpointOf('3'));
  await vi.waitFor(() =>
    expect(calls.map(({ commit }) => commit?.checkpoint.cursor.transactionId)).toEqual(['2', '3']),
  );
  expect(committed).toEqual([]);
  for (const { end } of calls) end();
  await pipeline.finish();
  expect(committed).toEqual(['2', '3']);
});

test('what is under way is bounded, and goes on when there is room again', async () => {
  const { pipeline, calls, loads } = setUp(1, 'x'.repeat(5_000_000));
  const submitting = (async () => {
    for (const id of ['2', '3', '4']) await pipeline.submit([row(id)], checkpointOf(id));
  })();
  await vi.waitFor(() => expect(loads).toEqual(['2', '3']));
  expect(calls).toHaveLength(1);
  calls[0]?.end();
  await vi.waitFor(() => expect(calls).toHaveLength(2));
  calls[1]?.end();
  await vi.waitFor(() => expect(calls).toHaveLength(3));
  calls[2]?.end();
  await submitting;
  await pipeline.finish();
});

test('after a failure nothing is begun or committed, and it is thrown when all has ended', async () => {
  const { pipeline, calls, committed, onFailure } = setUp();
  await pipeline.submit([row('2')], checkpointOf('2'));
  await pipeline.submit([row('3')], checkpointOf('3'));
  await vi.waitFor(() => expect(calls).toHaveLength(2));
  calls[0]?.end(new Error('refused'));
  await vi.waitFor(() => expect(onFailure).toHaveBeenCalledTimes(1));
  await pipeline.submit([row('4')], checkpointOf('4'));
  const finished = pipeline.finish();
  calls[1]?.end();
  await expect(finished).rejects.toThrow('refused');
  expect(calls).toHaveLength(2);
  expect(committed).toEqual([]);
});
