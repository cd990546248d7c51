import type { RequestEvent } from '@sveltejs/kit';
import type { FormDone } from '../../forms/answer.ts';
import { textField } from '../forms/fields.ts';
import { runForm } from '../forms/run.ts';
import { viewerOf } from '../guards.ts';

/** Enrolls in a free course. Who is enrolled already has what they wanted. */
export async function enroll(event: RequestEvent) {
  viewerOf(event);
  const courseId = textField(await event.request.formData(), 'courseId');
  const result = await runForm(event.locals, {
    form: 'enroll',
    method: 'POST',
    path: '/v1/enrollments',
    body: { courseId },
  });
  const isThere = 'status' in result && result.data.code === 'already_enrolled';
  return isThere ? ({ form: 'enroll', done: true } satisfies FormDone) : result;
}

export const favorite = (event: RequestEvent) => setFavorite(event, 'PUT');
export const unfavorite = (event: RequestEvent) => setFavorite(event, 'DELETE');

async function setFavorite(event: RequestEvent, method: 'PUT' | 'DELETE') {
  viewerOf(event);
  const courseId = textField(await event.request.formData(), 'courseId');
  const path = `/v1/favorites/${encodeURIComponent(courseId)}`;
  return runForm(event.locals, { form: `favorite-${courseId}`, method, path });
}
