import { Type } from '@sinclair/typebox';
import { HEADERS } from '@eduplatform/contracts/headers';
import { userOf } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { personal } from '../answers/personal.ts';
import { ReadHeaders } from '../answers/schemas.ts';
import type { RouteDependencies } from '../dependencies.ts';
import type { EventStream } from './event-stream.ts';
import type { NotificationStreams } from './streams.ts';

/** What is sent is a stream; what the reference says of it is that it is text. */
const Events = Type.Unsafe<EventStream>({ type: 'string' });

const headers = Type.Object({
  [HEADERS.readAfter]: ReadHeaders.properties[HEADERS.readAfter],
  'last-event-id': Type.Optional(
    Type.String({ maxLength: 100, description: 'What came after that event comes first' }),
  ),
});

export function notificationStreamRoutes(
  app: App,
  { beginRead }: RouteDependencies,
  streams: NotificationStreams,
): void {
  const schema = {
    ...personal.schema,
    tags: ['Notifications'],
    summary: 'Follow one’s notifications as server-sent events',
    description:
      'Events: `notification` (the Notification), `unread` (how many are unread: a number) and `reset` (more happened than is told here: load the list). The stream ends when the token expires and when it cannot go on; come back with `Last-Event-ID`.',
    headers,
    response: {
      200: { description: 'Events', content: { 'text/event-stream': { schema: Events } } },
    },
  };
  const config = { otel: false, streams: true, rateClass: 'stream' } as const;
  const options = { ...personal, schema, config, exposeHeadRoute: false };
  app.get('/v1/notifications/me/stream', options, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const { sub, exp } = userOf(request);
    const lastId = request.headers['last-event-id'] || undefined;
    const stream = await streams.open({ userId: sub, lastId, expiresAt: exp * 1000, read });
    // Also of a reader who went away before the answer began.
    reply.raw.once('close', () => stream.destroy());
    if (reply.raw.destroyed) stream.destroy();
    return reply
      .headers({ 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no', vary: 'Authorization' })
      .header('connection', 'close')
      .type('text/event-stream; charset=utf-8')
      .send(stream);
  });
}
