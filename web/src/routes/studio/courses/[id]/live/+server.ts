import type { Course } from '@eduplatform/contracts/documents';
import { failureResponse } from '#lib/server/studio/command.ts';
import { ApiError } from '#lib/server/problem.ts';
import type { RequestHandler } from './$types';

/** The revision that the read API shows to readers now; null when it shows none. */
export const GET: RequestHandler = async (event) => {
  const { api, requestId } = event.locals;
  try {
    const { revision } = await api.read<Course>(`/v1/courses/${encodeURIComponent(event.params.id)}`);
    return Response.json({ revision }, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return Response.json({ revision: null });
    return failureResponse(error, requestId);
  }
};
