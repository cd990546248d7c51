import { error } from '@sveltejs/kit';
import { formOf } from '#lib/server/studio/course-actions.ts';
import { runCommand } from '#lib/server/studio/command.ts';
import { lessonFields, versionField } from '#lib/server/studio/form-fields.ts';
import { teacherOf } from '#lib/server/studio/guard.ts';
import { renderPreview } from '#lib/server/studio/preview.ts';
import { partOf } from '#lib/studio/edits.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  teacherOf(event);
  const { course } = await event.parent();
  const lesson = partOf(course, event.params.lessonId);
  if (!lesson) error(404, 'No such lesson', { code: 'lesson_not_found', requestId: event.locals.requestId });
  return { preview: await renderPreview(event.locals, String(lesson['bodyMd'])) };
};

export const actions: Actions = {
  save: async (event) => {
    const form = await formOf(event);
    const body = lessonFields(form);
    return runCommand(event.locals, {
      method: 'PATCH',
      path: `/v1/lessons/${encodeURIComponent(event.params.lessonId)}`,
      body,
      ifMatch: versionField(form),
      values: body,
      target: event.params.lessonId,
    });
  },
};
