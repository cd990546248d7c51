import { parseSearch } from '#lib/search/url-state.ts';
import { searchCourses } from '#lib/server/catalog.ts';
import { ApiError } from '#lib/server/problem.ts';
import type { RequestHandler } from './$types';

/** The next results of the catalog for the script that appends them; the address is that of the catalog. */
export const GET: RequestHandler = async ({ locals, url }) => {
  try {
    return Response.json(await searchCourses(locals.api, parseSearch(url.searchParams)));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return Response.json({ code: error.code, requestId: locals.requestId }, { status: error.status });
  }
};
