import { readSnapshot } from '#lib/server/admin/indexer.ts';
import { ApiError } from '#lib/server/problem.ts';
import type { RequestHandler } from './$types';

/** What the page for operators shows now, for as long as somebody looks at it. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { api, requestId, session } = locals;
  const headers = { 'cache-control': 'no-store' };
  const role = session.viewer()?.role;
  if (role !== 'admin') {
    const refusal = role === undefined ? { code: 'unauthenticated', status: 401 } : { code: 'forbidden', status: 403 };
    return Response.json({ code: refusal.code, requestId }, { status: refusal.status, headers });
  }
  try {
    return Response.json(await readSnapshot(api, url.searchParams.get('after')), { headers });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return Response.json({ code: error.code, requestId }, { status: error.status, headers });
  }
};
