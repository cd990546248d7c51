import { HEADERS } from '@eduplatform/contracts/headers';
import {
  Accepted,
  ChangePasswordBody,
  ConfirmPasswordResetBody,
  RequestPasswordResetBody,
} from '@eduplatform/contracts/http/auth';
import { requireUser, userOf } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { actorOf } from '../commands/actor.ts';
import { changePassword, confirmPasswordReset, requestPasswordReset } from './password-commands.ts';
import type { AuthRouteDeps } from './routes.ts';

const tags = ['auth'];

export function passwordRoutes(app: App, deps: AuthRouteDeps): void {
  app.post(
    '/v1/auth/change-password',
    {
      onRequest: requireUser,
      schema: {
        tags,
        security: [{ bearer: [] }],
        summary: 'Change your password and sign out on other devices',
        body: ChangePasswordBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id } = await actorOf(deps.pool, request);
      await changePassword(
        deps,
        { userId: id, sessionId: userOf(request).sid, address: request.ip },
        request.body,
        new Date(),
      );
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/v1/auth/password-reset/request',
    {
      schema: {
        tags,
        summary: 'Ask for a mail with a link to choose a new password',
        description: 'Answers the same, and as fast, whether anybody has this address or not.',
        body: RequestPasswordResetBody,
        response: { 202: Accepted },
      },
    },
    async (request, reply) => {
      await requestPasswordReset(deps, request.body.email);
      reply.code(202);
      return {};
    },
  );
  app.post(
    '/v1/auth/password-reset/confirm',
    {
      schema: {
        tags,
        summary: 'Choose a new password with what was mailed, and sign out everywhere',
        body: ConfirmPasswordResetBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const position = await confirmPasswordReset(deps, request.body, { now: new Date(), address: request.ip });
      deps.notifier.wake();
      return reply.header(HEADERS.outboxPosition, position).code(204).send(null);
    },
  );
}
