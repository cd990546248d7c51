import { NotificationsResult } from '@eduplatform/contracts/http/learning';
import { Uuid } from '@eduplatform/contracts/primitives';
import { requireUser } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { security } from '../courses/routes.ts';
import { readAllNotifications, readNotification } from './commands.ts';

export function notificationRoutes(app: App, deps: CommandDeps): void {
  const onRequest = requireUser;
  const schema = { tags: ['notifications'], security, response: { 200: NotificationsResult } };
  app.patch(
    '/v1/notifications/:notificationId/read',
    {
      onRequest,
      schema: {
        ...schema,
        summary: 'Mark a notification as read',
        params: Type.Object({ notificationId: Uuid }),
      },
    },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => readNotification(tx, context, request.params.notificationId)),
  );
  app.post(
    '/v1/notifications/read-all',
    { onRequest, schema: { ...schema, summary: 'Mark all notifications as read' } },
    async (request, reply) => runCommand(deps, request, reply, readAllNotifications),
  );
}
