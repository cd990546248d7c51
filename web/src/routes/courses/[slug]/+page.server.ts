import type { Course, Curriculum } from '@eduplatform/contracts/documents';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params }) => {
  const course = await api.read<Course>(`/v1/courses/${encodeURIComponent(params.slug)}`);
  const curriculum = await api.read<Curriculum>(`/v1/courses/${course.id}/curriculum`);
  return { course, curriculum, freshness: api.freshness() };
};
