import {
  DeadLetter,
  DeadLetterDetails,
  DeadLetterList,
  ReplayResult,
  SinkNameText,
} from '@eduplatform/contracts/http/indexer';
import { Uuid } from '@eduplatform/contracts/primitives';
import { transaction } from '@eduplatform/db/transaction';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { adminOf, audit } from './admin.ts';
import {
  describeDeadLetter,
  discardDeadLetter,
  listDeadLetters,
  replayAllDeadLetters,
  replayDeadLetter,
  showDeadLetter,
} from './dead-letters.ts';
import { idOfCursor, pageOf, pageQuery } from './page.ts';
import { admins, security, tags, type AdminDependencies } from './routes.ts';

const params = Type.Object({ id: Uuid });
const ofSink = { sink: Type.Optional(SinkNameText) };

/** Documents that a read model refused. */
export function deadLetterRoutes(app: App, { pool }: Pick<AdminDependencies, 'pool'>): void {
  app.get(
    '/v1/admin/indexer/dead-letters',
    {
      ...admins,
      schema: {
        ...{ tags, security, querystring: pageQuery(ofSink) },
        summary: 'Documents that a read model refused, newest first',
        response: { 200: DeadLetterList },
      },
    },
    async (request) => {
      await adminOf(pool, request);
      const { limit, cursor, sink = null } = request.query;
      const rows = await listDeadLetters(pool, { sink, after: idOfCursor(cursor), limit: limit + 1 });
      return pageOf(rows, limit, describeDeadLetter);
    },
  );
  app.get(
    '/v1/admin/indexer/dead-letters/:id',
    {
      ...admins,
      schema: {
        ...{ tags, security, params },
        summary: 'A dead letter with its document as it stands now',
        response: { 200: DeadLetterDetails },
      },
    },
    async (request) => {
      await adminOf(pool, request);
      return showDeadLetter(pool, request.params.id);
    },
  );
  app.post(
    '/v1/admin/indexer/dead-letters/:id/replay',
    {
      ...admins,
      schema: { ...{ tags, security, params }, summary: 'Try a document again', response: { 202: DeadLetter } },
    },
    async (request, reply) =>
      transaction(pool, async (tx) => {
        const admin = await adminOf(tx, request);
        const row = await replayDeadLetter(tx, request.params.id);
        await audit(tx, admin, 'dead_letter.replay', { type: 'dead_letter', id: row.id }, nameOf(row));
        return reply.code(202).send(describeDeadLetter(row));
      }),
  );
  app.post(
    '/v1/admin/indexer/dead-letters/replay-all',
    {
      ...admins,
      schema: {
        ...{ tags, security, querystring: Type.Object(ofSink, { additionalProperties: false }) },
        summary: 'Try all documents again, of one read model or of all',
        response: { 202: ReplayResult },
      },
    },
    async (request, reply) =>
      transaction(pool, async (tx) => {
        const admin = await adminOf(tx, request);
        const { sink = null } = request.query;
        const requested = await replayAllDeadLetters(tx, sink);
        await audit(tx, admin, 'dead_letter.replay_all', { type: 'sink', id: sink ?? 'all' }, { requested });
        return reply.code(202).send({ requested });
      }),
  );
  app.delete(
    '/v1/admin/indexer/dead-letters/:id',
    {
      ...admins,
      schema: { ...{ tags, security, params }, summary: 'Give up on a document', response: { 200: DeadLetter } },
    },
    async (request) =>
      transaction(pool, async (tx) => {
        const admin = await adminOf(tx, request);
        const row = await discardDeadLetter(tx, request.params.id);
        await audit(tx, admin, 'dead_letter.discard', { type: 'dead_letter', id: row.id }, nameOf(row));
        return describeDeadLetter(row);
      }),
  );
}

const nameOf = ({ sink, key, reason }: { sink: string; key: string; reason: string }) => ({ sink, key, reason });
