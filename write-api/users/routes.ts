import { Readable } from 'node:stream';
import {
  AccountExport,
  DeleteAccountBody,
  PatchProfileBody,
  UserCommandResult,
} from '@eduplatform/contracts/http/auth';
import { HEADERS } from '@eduplatform/contracts/headers';
import { transaction } from '@eduplatform/db/transaction';
import { requireUser } from '@eduplatform/http-kit/auth';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { judgePassword, type AuthDeps } from '../auth/commands.ts';
import { actorOf } from '../commands/actor.ts';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { deleteAccount } from './delete-account.ts';
import { exportAccount } from './export.ts';
import { changeProfile } from './profile.ts';
import { findUser } from './users.ts';

const tags = ['account'];
const security = [{ bearer: [] }];
const members = { onRequest: requireUser };

/** What people do with their own account. */
export function accountRoutes(app: App, deps: CommandDeps & Pick<AuthDeps, 'limits'>): void {
  app.patch(
    '/v1/auth/profile',
    {
      ...members,
      schema: {
        tags,
        security,
        summary: 'Change your name, bio, language or what you are mailed about',
        body: PatchProfileBody,
        response: { 200: UserCommandResult },
      },
    },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => changeProfile(tx, context, request.body)),
  );
  app.get(
    '/v1/auth/export',
    {
      ...members,
      config: { rateClass: 'expensive' },
      schema: { tags, security, summary: 'All data of yours', response: { 200: Type.Unsafe<Readable>(AccountExport) } },
    },
    async (request, reply) => {
      const { id } = await actorOf(deps.pool, request);
      reply.type('application/json').header('content-disposition', 'attachment; filename="eduplatform.json"');
      return Readable.from(exportAccount(deps.pool, id, new Date()));
    },
  );
  app.post(
    '/v1/auth/delete-account',
    {
      ...members,
      schema: {
        tags,
        security,
        summary: 'Delete your account',
        description: 'Erases what is personal. Payments, progress and reviews stay without a name.',
        body: DeleteAccountBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const now = new Date();
      const user = await findUser(deps.pool, (await actorOf(deps.pool, request)).id);
      if (!user) throw new ProblemError('invalid_token');
      await judgePassword(deps, { email: user.email, address: request.ip }, request.body.password);
      const position = await transaction(deps.pool, async (tx) =>
        deleteAccount(tx, { actor: await actorOf(tx, request), now }),
      );
      deps.notifier.wake();
      return reply.header(HEADERS.outboxPosition, position).code(204).send(null);
    },
  );
}
