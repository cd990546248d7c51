import type { DraftChanges, RevisionList } from '@eduplatform/contracts/http/revisions';
import { textField } from '#lib/server/forms/fields.ts';
import { runForm } from '#lib/server/forms/run.ts';
import { loadCourseHead } from '#lib/server/studio/course-head.ts';
import { versionField } from '#lib/server/studio/form-fields.ts';
import { teacherOf } from '#lib/server/studio/guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  teacherOf(event);
  const { api } = event.locals;
  const { id } = event.params;
  const path = `/v1/studio/courses/${encodeURIComponent(id)}`;
  const compared = /^\d{1,9}$/.exec(event.url.searchParams.get('compare') ?? '')?.[0];
  const [course, revisions, changes] = await Promise.all([
    loadCourseHead(api, id),
    api.write<(typeof RevisionList)['static']>('GET', `${path}/revisions`),
    compared === undefined
      ? null
      : api.write<DraftChanges>('GET', `${path}/changes`, { query: { revision: compared } }),
  ]);
  return {
    course,
    revisions: revisions.data.items,
    compared: compared === undefined ? null : Number(compared),
    changes: changes?.data.items ?? null,
  };
};

export const actions: Actions = {
  restore: async (event) => {
    teacherOf(event);
    const form = await event.request.formData();
    const revision = textField(form, 'revision');
    const answer = await runForm(event.locals, {
      form: `restore-${revision}`,
      method: 'POST',
      path: `/v1/courses/${encodeURIComponent(event.params.id)}/revisions/${encodeURIComponent(revision)}/restore`,
      ifMatch: versionField(form),
    });
    return 'status' in answer ? answer : { form: 'restored', done: true as const, details: { number: revision } };
  },
};
