import { NotificationPage } from '@eduplatform/contracts/notifications';
import { PageQuery } from '@eduplatform/contracts/pages';
import { documentKeys, lists } from '@eduplatform/contracts/redis-keys';
import { userOf } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { pageBody } from '../answers/json.ts';
import { listPage, storedItems } from '../answers/list-page.ts';
import { personal } from '../answers/personal.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';

export function notificationRoutes(app: App, { direct, beginRead }: RouteDependencies): void {
  const schema = {
    ...personal.schema,
    tags: ['Notifications'],
    summary: 'List one’s notifications, with the number of those not read yet',
    querystring: PageQuery,
    response: { 200: NotificationPage },
  };
  app.get('/v1/notifications/me', { ...personal, schema }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const { sub } = userOf(request);
    const question = {
      list: lists.notifications(sub),
      prefixes: [documentKeys.notification('')],
      sizes: [lists.unread(sub)],
    };
    const { rows, nextCursor, sizes } = await listPage(direct, read, question, request.query);
    const unreadCount = Buffer.from(String(sizes[0]));
    const body = pageBody(storedItems(rows), nextCursor, { unreadCount });
    return sendAnswer(request, reply, { body }, 'reader');
  });
}
