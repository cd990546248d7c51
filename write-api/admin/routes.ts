import { AnnouncementBody, AnnouncementResult, AuditLog } from '@eduplatform/contracts/http/admin';
import type { App } from '@eduplatform/http-kit/server';
import { IdempotencyHeaders } from '../commands/preconditions.ts';
import type { CommandDeps } from '../commands/run.ts';
import { announce } from './announcements/commands.ts';
import { listAuditLog } from './audit.ts';
import { pageQuery, pageRequestOf } from './page.ts';
import { adminOf, admins, runAdminCommand } from './run.ts';
import { adminTeacherRoutes } from './teachers/routes.ts';
import { adminUserRoutes } from './users/routes.ts';

const tags = ['admin'];
const security = [{ bearer: [] }];

/** What admins do, besides what lies with the categories and the reviews themselves. */
export function adminRoutes(app: App, deps: CommandDeps): void {
  app.addHook('onSend', async (request, reply) => {
    if (request.routeOptions.url?.startsWith('/v1/admin')) reply.header('cache-control', 'no-store');
  });
  adminTeacherRoutes(app, deps);
  adminUserRoutes(app, deps);
  app.post(
    '/v1/admin/notifications',
    {
      ...admins,
      config: { rateClass: 'expensive' },
      schema: {
        tags,
        security,
        summary: 'Tell everybody something',
        headers: IdempotencyHeaders,
        body: AnnouncementBody,
        response: { 201: AnnouncementResult },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return runAdminCommand(deps, request, reply, (tx, context) => announce(tx, context, request.body));
    },
  );
  app.get(
    '/v1/admin/audit-log',
    {
      ...admins,
      schema: {
        tags,
        security,
        summary: 'What admins did, newest first',
        querystring: pageQuery({}),
        response: { 200: AuditLog },
      },
    },
    async (request) => {
      await adminOf(deps.pool, request);
      return listAuditLog(deps.pool, pageRequestOf(request.query));
    },
  );
}
