import type { FavoriteList } from '#lib/learning/lists.ts';
import { viewerOf } from '#lib/server/guards.ts';
import { unfavorite } from '#lib/server/learning/course-actions.ts';
import { readList } from '#lib/server/learning/lists.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  viewerOf(event);
  const { api } = event.locals;
  return { list: await readList<FavoriteList>(api, '/v1/favorites/me', event.url), freshness: api.freshness() };
};

export const actions: Actions = { unfavorite };
