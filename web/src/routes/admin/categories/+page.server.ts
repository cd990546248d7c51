import { changeCategory, createCategory, deleteCategory } from '#lib/server/admin/category-actions.ts';
import { listCategories } from '#lib/server/catalog.ts';
import { adminOf } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  adminOf(event);
  const { api } = event.locals;
  return { categories: await listCategories(api), freshness: api.freshness() };
};

export const actions: Actions = { create: createCategory, change: changeCategory, delete: deleteCategory };
