import { SessionList } from '@eduplatform/contracts/http/auth';
import { Uuid } from '@eduplatform/contracts/primitives';
import { transaction } from '@eduplatform/db/transaction';
import { requireUser, userOf } from '@eduplatform/http-kit/auth';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { actorOf } from '../commands/actor.ts';
import type { CommandDeps } from '../commands/run.ts';
import { endSession, endSessions, listSessions } from './sessions.ts';

const tags = ['auth'];
const security = [{ bearer: [] }];
const members = { onRequest: requireUser };

/** Where a user is signed in. */
export function sessionRoutes(app: App, { pool }: CommandDeps): void {
  app.get(
    '/v1/auth/sessions',
    { ...members, schema: { tags, security, summary: 'Where you are signed in', response: { 200: SessionList } } },
    async (request) => {
      const { id } = await actorOf(pool, request);
      return listSessions(pool, id, userOf(request).sid, new Date());
    },
  );
  app.delete(
    '/v1/auth/sessions/:sessionId',
    {
      ...members,
      schema: {
        tags,
        security,
        summary: 'Sign out on one device',
        params: Type.Object({ sessionId: Uuid }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const ended = await transaction(pool, async (tx) => {
        const { id } = await actorOf(tx, request);
        return endSession(tx, id, request.params.sessionId, new Date());
      });
      if (!ended) throw new ProblemError('session_not_found');
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/v1/auth/logout-everywhere',
    { ...members, schema: { tags, security, summary: 'Sign out on every device', response: { 204: Type.Null() } } },
    async (request, reply) => {
      await transaction(pool, async (tx) => {
        const { id } = await actorOf(tx, request);
        await endSessions(tx, id, new Date());
      });
      return reply.code(204).send(null);
    },
  );
}
