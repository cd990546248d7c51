import { HEADERS } from '@eduplatform/contracts/headers';
import type { App } from '@eduplatform/http-kit/server';
import type { Read } from '../read-model/read.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The read that the request began; null before, and on routes that read nothing. */
    read: Read | null;
  }
}

/**
 * Says of every answer how fresh what it was made of is. Of errors too: that there is no such course may be as stale as
 * any course. An error that came before anything was read says nothing.
 */
export function reportFreshness(app: App): void {
  app.decorateRequest('read', null);
  app.addHook('onSend', (request, reply, payload, done) => {
    const { read } = request;
    if (read && (read.hasRead || reply.statusCode < 400)) reply.headers(freshnessHeaders(read));
    done(null, payload);
  });
}

/** What tells how fresh everything is that was read. */
export const freshnessHeaders = (read: Read): Record<string, string> => ({
  [HEADERS.readPosition]: read.position,
  ...(read.at !== null && { [HEADERS.readTime]: read.at }),
  ...(read.isStale && { [HEADERS.readStale]: 'true' }),
});
