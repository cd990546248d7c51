import { getLocale } from '#lib/paraglide/runtime.js';
import { listCategories, listCourses } from '#lib/server/catalog.ts';
import type { PageServerLoad } from './$types';

const SHELF = 4;

export const load: PageServerLoad = async ({ locals: { api } }) => {
  const [categories, newest, inLanguage] = await Promise.all([
    listCategories(api),
    listCourses(api, { sort: 'newest', limit: SHELF }),
    listCourses(api, { sort: 'updated', language: getLocale(), limit: SHELF * 2 }),
  ]);
  const shown = new Set(newest.map(({ id }) => id));
  return {
    categories,
    newest,
    inLanguage: inLanguage.filter(({ id }) => !shown.has(id)).slice(0, SHELF),
    freshness: api.freshness(),
  };
};
