import type { StudioCourse } from '@eduplatform/contracts/http/studio';
import { failureResponse } from '#lib/server/studio/command.ts';
import type { RequestHandler } from './$types';

/** The draft as it stands now, for an editor that is open. */
export const GET: RequestHandler = async (event) => {
  const { api, requestId } = event.locals;
  try {
    const { data } = await api.write<StudioCourse>('GET', `/v1/studio/courses/${encodeURIComponent(event.params.id)}`);
    return Response.json(data, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    return failureResponse(error, requestId);
  }
};
