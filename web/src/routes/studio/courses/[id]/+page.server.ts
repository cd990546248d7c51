import { redirect } from '@sveltejs/kit';
import type { StudioCourse } from '@eduplatform/contracts/http/studio';
import { teacherOf } from '#lib/server/studio/guard.ts';
import { renderPreview } from '#lib/server/studio/preview.ts';
import { archive, deleteCourse, publish, saveCourse, unarchive, unpublish } from '#lib/server/studio/course-actions.ts';
import {
  addLesson,
  addModule,
  arrange,
  deleteLesson,
  deleteModule,
  move,
  renameModule,
} from '#lib/server/studio/outline-actions.ts';
import { studioPath } from '#lib/studio/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  teacherOf(event);
  const { course } = await event.parent();
  return { preview: await renderPreview(event.locals, (course satisfies StudioCourse).descriptionMd) };
};

export const actions: Actions = {
  save: saveCourse,
  publish,
  unpublish,
  archive,
  unarchive,
  addModule,
  renameModule,
  deleteModule,
  addLesson,
  deleteLesson,
  move,
  arrange,
  deleteCourse: async (event) => {
    const done = await deleteCourse(event);
    if ('status' in done) return done;
    redirect(303, studioPath());
  },
};
