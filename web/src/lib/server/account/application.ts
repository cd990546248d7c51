import { redirect, type RequestEvent } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { MAX_LINKS, linksOf } from '../../account/links.ts';
import { trimmedField, typedFields } from '../forms/fields.ts';
import { refuse, runForm } from '../forms/run.ts';
import { viewerOf } from '../guards.ts';
import { renewViewer } from './renew-viewer.ts';

const FORM = 'application';
const LINK_FIELDS = Array.from({ length: MAX_LINKS }, (_, index) => `link${index + 1}`);

/** Applies as a teacher. Who has applied may draft, so the session is renewed with the new role. */
export async function applyAsTeacher(event: RequestEvent) {
  viewerOf(event);
  const { locals, request } = event;
  const form = await request.formData();
  const values = typedFields(form, ['bio', ...LINK_FIELDS]);
  const bio = trimmedField(form, 'bio');
  const links = linksOf(LINK_FIELDS.map((name) => values[name] ?? ''));
  const wrong = [...(bio ? [] : ['bio']), ...(links ? [] : ['links'])];
  if (!links || wrong.length > 0) return refuse(locals.requestId, FORM, wrong, values);
  const answer = await runForm(locals, {
    form: FORM,
    method: 'POST',
    path: '/v1/teacher-applications',
    body: { bio, links },
    values,
  });
  if ('status' in answer) return answer;
  await renewViewer(locals);
  redirect(303, localizeHref('/teach'));
}
