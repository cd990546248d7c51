import { AdminUserList, ReasonBody } from '@eduplatform/contracts/http/admin';
import { UserCommandResult } from '@eduplatform/contracts/http/auth';
import { Uuid } from '@eduplatform/contracts/primitives';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import type { CommandDeps } from '../../commands/run.ts';
import { pageQuery, pageRequestOf } from '../page.ts';
import { adminOf, admins, runAdminCommand } from '../run.ts';
import { restoreUser, suspendUser } from './commands.ts';
import { listUsers } from './queries.ts';

const tags = ['admin'];
const security = [{ bearer: [] }];
const params = Type.Object({ userId: Uuid });
const response = { 200: UserCommandResult };
const q = Type.Optional(
  Type.String({
    maxLength: 100,
    pattern: '^[^\\u0000-\\u001F]*$',
    description: 'How the email or the name begins',
  }),
);

export function adminUserRoutes(app: App, deps: CommandDeps): void {
  app.get(
    '/v1/admin/users',
    {
      ...admins,
      schema: {
        tags,
        security,
        summary: 'Users, newest first',
        querystring: pageQuery({ q }),
        response: { 200: AdminUserList },
      },
    },
    async (request) => {
      await adminOf(deps.pool, request);
      return listUsers(deps.pool, request.query.q, pageRequestOf(request.query));
    },
  );
  app.post(
    '/v1/admin/users/:userId/suspend',
    { ...admins, schema: { tags, security, summary: 'Suspend an account', params, body: ReasonBody, response } },
    async (request, reply) =>
      runAdminCommand(deps, request, reply, (tx, context) =>
        suspendUser(tx, context, request.params.userId, request.body.reason),
      ),
  );
  app.post(
    '/v1/admin/users/:userId/restore',
    { ...admins, schema: { tags, security, summary: 'End the suspension of an account', params, response } },
    async (request, reply) =>
      runAdminCommand(deps, request, reply, (tx, context) => restoreUser(tx, context, request.params.userId)),
  );
}
