import type { LearningList } from '#lib/learning/lists.ts';
import { viewerOf } from '#lib/server/guards.ts';
import { readList } from '#lib/server/learning/lists.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  viewerOf(event);
  const { api } = event.locals;
  return { list: await readList<LearningList>(api, '/v1/me/courses', event.url), freshness: api.freshness() };
};
