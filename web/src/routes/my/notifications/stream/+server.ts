import { ApiError } from '#lib/server/problem.ts';
import type { RequestHandler } from './$types';

/** Ids of events are the read API's; anything longer was made up. */
const MAX_ID_LENGTH = 100;

/**
 * The visitor's notifications as they happen: the read API's stream, opened with the session's token, which stays here.
 * It ends when that token does; the browser comes back by itself, and its request refreshes the session.
 */
export const GET: RequestHandler = async ({ locals, request }) => {
  const { api, requestId, session } = locals;
  const headers = { 'cache-control': 'no-store, no-transform' };
  // 204 tells a browser not to come back.
  if (!session.viewer()) return new Response(null, { status: 204, headers });
  const lastEventId = request.headers.get('last-event-id')?.slice(0, MAX_ID_LENGTH) || null;
  try {
    const upstream = await api.follow('/v1/notifications/me/stream', lastEventId, request.signal);
    return new Response(upstream.body, {
      headers: { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return Response.json({ code: error.code, requestId }, { status: error.status, headers });
  }
};
