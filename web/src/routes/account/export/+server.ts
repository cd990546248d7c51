import { viewerOf } from '#lib/server/guards.ts';
import type { RequestHandler } from './$types';

/** Everything that is kept of the person, as a file; passed on as the write API sends it. Throws ApiError. */
export const GET: RequestHandler = async (event) => {
  viewerOf(event);
  const answer = await event.locals.api.download('/v1/auth/export');
  const day = new Date().toISOString().slice(0, 10);
  return new Response(answer.body, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="eduplatform-${day}.json"`,
      'cache-control': 'no-store',
    },
  });
};
