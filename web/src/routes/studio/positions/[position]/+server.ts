import { isPosition, type PositionStatus } from '@eduplatform/contracts/positions';
import { failureResponse } from '#lib/server/studio/command.ts';
import { teacherOf } from '#lib/server/studio/guard.ts';
import type { RequestHandler } from './$types';

/** How long one request waits; the page asks again. Shorter than what proxies cut off. */
const WAIT_MS = 5_000;

/** Waits until a position has reached the read models, or says how far it has come. */
export const GET: RequestHandler = async (event) => {
  teacherOf(event);
  const { api, requestId } = event.locals;
  const { position } = event.params;
  if (!isPosition(position)) return Response.json({ code: 'invalid_position', requestId, errors: [] }, { status: 400 });
  try {
    const status = await api.read<PositionStatus>(
      `/v1/positions/${position}`,
      { timeoutMs: WAIT_MS },
      { timeoutMs: WAIT_MS + 2_000, signal: event.request.signal },
    );
    return Response.json(status, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    return failureResponse(error, requestId);
  }
};
