import { parseSearch } from '#lib/search/url-state.ts';
import { listCategories, optional, searchCourses } from '#lib/server/catalog.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, url }) => {
  const state = parseSearch(url.searchParams);
  const [results, categories] = await Promise.all([searchCourses(api, state), optional(listCategories(api))]);
  return { state, results, categories: categories ?? [], freshness: api.freshness() };
};
