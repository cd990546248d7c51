import { READ_API_URL } from '$app/env/private';
import { sendRequest } from '#lib/server/request.ts';
import { ApiError } from '#lib/server/problem.ts';

const TIMEOUT_MS = 1_000;

/** Ready when the read API is; the write API being away keeps nobody from reading. */
export async function GET() {
  const startedAt = performance.now();
  const check = { name: 'read-api', ok: true, latencyMs: 0, error: null as string | null };
  try {
    const response = await sendRequest({
      api: 'read',
      method: 'GET',
      url: `${READ_API_URL}/readyz`,
      headers: {},
      timeoutMs: TIMEOUT_MS,
    });
    await response.body?.cancel();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    check.ok = false;
    check.error = error.code;
  }
  check.latencyMs = Math.round(performance.now() - startedAt);
  return Response.json(
    { status: check.ok ? 'ready' : 'unready', checks: [check] },
    { status: check.ok ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
}
