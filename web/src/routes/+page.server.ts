import type { CourseCard } from '@eduplatform/contracts/documents';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { LearningList } from '#lib/learning/lists.ts';
import { listCategories, listCourses, optional } from '#lib/server/catalog.ts';
import type { PageServerLoad } from './$types';

const SHELF = 4;
const LEARNING = 3;

export const load: PageServerLoad = async ({ locals: { api, session } }) => {
  const language = getLocale();
  const [categories, newest, popular, updated, learning] = await Promise.all([
    listCategories(api),
    listCourses(api, { sort: 'newest', limit: SHELF * 2 }),
    optional(listCourses(api, { sort: 'popular', language, limit: SHELF })),
    listCourses(api, { sort: 'updated', language, limit: SHELF * 3 }),
    session.viewer() ? optional(api.read<LearningList>('/v1/me/courses', { limit: LEARNING * 2 })) : null,
  ]);
  // A course stands on one shelf.
  const shown = new Set<string>();
  const take = (courses: CourseCard[]): CourseCard[] => {
    const taken = courses.filter(({ id }) => !shown.has(id)).slice(0, SHELF);
    for (const { id } of taken) shown.add(id);
    return taken;
  };
  return {
    categories,
    popular: take(popular ?? []),
    newest: take(newest),
    inLanguage: take(updated),
    // What is completed, or cannot be gone on with, has its place in the list of one's courses.
    learning: (learning?.items ?? []).filter(({ completion, course }) => !completion && course).slice(0, LEARNING),
    freshness: api.freshness(),
  };
};
