import { AdminTeacherList, ReasonBody } from '@eduplatform/contracts/http/admin';
import { UserCommandResult } from '@eduplatform/contracts/http/auth';
import { ApplicationStatus } from '@eduplatform/contracts/people';
import { Uuid } from '@eduplatform/contracts/primitives';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import type { CommandDeps } from '../../commands/run.ts';
import { pageQuery, pageRequestOf } from '../page.ts';
import { admins, adminOf, runAdminCommand } from '../run.ts';
import { rejectTeacher, verifyTeacher } from './commands.ts';
import { listTeachers } from './queries.ts';

const tags = ['admin'];
const security = [{ bearer: [] }];
const params = Type.Object({ userId: Uuid });
const response = { 200: UserCommandResult };

export function adminTeacherRoutes(app: App, deps: CommandDeps): void {
  app.get(
    '/v1/admin/teachers',
    {
      ...admins,
      schema: {
        tags,
        security,
        summary: 'Teachers by where they stand; of those who wait, the longest waiting first',
        querystring: pageQuery({ status: ApplicationStatus }),
        response: { 200: AdminTeacherList },
      },
    },
    async (request) => {
      await adminOf(deps.pool, request);
      return listTeachers(deps.pool, request.query.status, pageRequestOf(request.query));
    },
  );
  app.post(
    '/v1/admin/teachers/:userId/verify',
    { ...admins, schema: { tags, security, summary: 'Let a teacher publish', params, response } },
    async (request, reply) =>
      runAdminCommand(deps, request, reply, (tx, context) => verifyTeacher(tx, context, request.params.userId)),
  );
  app.post(
    '/v1/admin/teachers/:userId/reject',
    {
      ...admins,
      schema: { tags, security, summary: 'Reject the application of a teacher', params, body: ReasonBody, response },
    },
    async (request, reply) =>
      runAdminCommand(deps, request, reply, (tx, context) =>
        rejectTeacher(tx, context, request.params.userId, request.body.reason),
      ),
  );
}
