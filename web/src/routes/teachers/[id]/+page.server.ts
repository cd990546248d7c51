import { isUuid } from '@eduplatform/contracts/primitives';
import { error } from '@sveltejs/kit';
import type { TeacherAnswer } from '#lib/learning/lists.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api, requestId }, params }) => {
  if (!isUuid(params.id)) error(404, 'not found', { code: 'teacher_not_found', requestId });
  const teacher = await api.read<TeacherAnswer>(`/v1/teachers/${params.id}`);
  return { teacher, freshness: api.freshness() };
};
