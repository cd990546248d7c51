import { HEADERS } from '@eduplatform/contracts/headers';
import { Accepted, ConfirmEmailBody } from '@eduplatform/contracts/http/auth';
import { requireUser } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { actorOf } from '../commands/actor.ts';
import { confirmEmail, requestEmailVerification } from './email-commands.ts';
import type { AuthRouteDeps } from './routes.ts';

const tags = ['auth'];

export function emailRoutes(app: App, deps: AuthRouteDeps): void {
  app.post(
    '/v1/auth/email-verification/request',
    {
      onRequest: requireUser,
      schema: {
        tags,
        security: [{ bearer: [] }],
        summary: 'Ask for a mail that proves that you read your address',
        response: { 202: Accepted },
      },
    },
    async (request, reply) => {
      const { id } = await actorOf(deps.pool, request);
      await requestEmailVerification(deps, id);
      reply.code(202);
      return {};
    },
  );
  app.post(
    '/v1/auth/email-verification/confirm',
    {
      schema: {
        tags,
        summary: 'Prove that you read your address',
        body: ConfirmEmailBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const position = await confirmEmail(deps, request.body.token, new Date());
      deps.notifier.wake();
      return reply.header(HEADERS.outboxPosition, position).code(204).send(null);
    },
  );
}
