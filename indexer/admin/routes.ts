import { IndexerStatus, LagHistory, SinkNameText, SinkSwitch } from '@eduplatform/contracts/http/indexer';
import { Type } from '@sinclair/typebox';
import { transaction } from '@eduplatform/db/transaction';
import type pg from 'pg';
import { requireRole } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import type { Indexer } from '../indexer.ts';
import { readStatus } from '../run/read-status.ts';
import { adminOf, assertAdminNow, audit } from './admin.ts';
import { assertSink, switchSink } from './sinks.ts';

export interface AdminDependencies {
  pool: pg.Pool;
  indexer: Pick<Indexer, 'epoch' | 'sinks' | 'history'>;
  /** Tasks waiting or running in the engine of each sink. */
  readQueues: () => Promise<Map<string, number | null>>;
}

export const tags = ['indexer'];
export const security = [{ bearer: [] }];
/** What the token says, checked before the body is read. Whether they are admins now is judged inside. */
export const admins = { onRequest: requireRole('admin') };
const params = Type.Object({ sink: SinkNameText });

/** Where each read model stands, its history, and its switch. */
export function sinkRoutes(app: App, { pool, indexer, readQueues }: AdminDependencies): void {
  app.get(
    '/v1/admin/indexer/status',
    {
      ...admins,
      schema: { tags, security, summary: 'Where each read model stands', response: { 200: IndexerStatus } },
    },
    async (request) => {
      // When Postgres is away the token alone has to do: this status is wanted all the more then.
      await assertAdminNow(pool, request);
      return readStatus(pool, indexer.epoch(), indexer.sinks(), readQueues);
    },
  );
  app.get(
    '/v1/admin/indexer/sinks/:sink/history',
    {
      ...admins,
      schema: {
        ...{ tags, security, params },
        summary: 'How far a read model was behind in the last hour',
        response: { 200: LagHistory },
      },
    },
    async (request) => {
      await adminOf(pool, request);
      const { sink } = request.params;
      await assertSink(pool, sink);
      return { sink, points: indexer.history.of(sink) };
    },
  );
  for (const [verb, isPaused] of [
    ['pause', true],
    ['resume', false],
  ] as const) {
    app.post(
      `/v1/admin/indexer/sinks/:sink/${verb}`,
      {
        ...admins,
        schema: {
          ...{ tags, security, params },
          summary: isPaused ? 'Let a read model stand still' : 'Let a read model go on',
          response: { 200: SinkSwitch },
        },
      },
      async (request) =>
        transaction(pool, async (tx) => {
          const admin = await adminOf(tx, request);
          const { sink } = request.params;
          const switched = await switchSink(tx, sink, isPaused, admin.id);
          await audit(tx, admin, `sink.${verb}`, { type: 'sink', id: sink });
          return switched;
        }),
    );
  }
}
