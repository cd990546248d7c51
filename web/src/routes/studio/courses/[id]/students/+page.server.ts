import type { CourseStudentList } from '@eduplatform/contracts/http/studio';
import { loadCourseHead } from '#lib/server/studio/course-head.ts';
import { teacherOf } from '#lib/server/studio/guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  teacherOf(event);
  const { api } = event.locals;
  const cursor = event.url.searchParams.get('after');
  const path = `/v1/studio/courses/${encodeURIComponent(event.params.id)}/students`;
  const [course, students] = await Promise.all([
    loadCourseHead(api, event.params.id),
    api.write<CourseStudentList>('GET', path, { query: { limit: 50, ...(cursor && { cursor }) } }),
  ]);
  return { course, students: students.data.items, nextCursor: students.data.nextCursor };
};
