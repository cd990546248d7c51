import { answerOrCode, readWhy } from '#lib/server/admin/indexer.ts';
import { loadCourseHead } from '#lib/server/studio/course-head.ts';
import { teacherOf } from '#lib/server/studio/guard.ts';
import type { PageServerLoad } from './$types';

/** Where the course is on its way to readers, for whose course it is. */
export const load: PageServerLoad = async (event) => {
  teacherOf(event);
  const { api } = event.locals;
  const [course, why] = await Promise.all([
    loadCourseHead(api, event.params.id),
    answerOrCode(readWhy(api, event.params.id)),
  ]);
  return { course, why };
};
