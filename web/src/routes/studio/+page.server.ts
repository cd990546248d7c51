import { fail, redirect } from '@sveltejs/kit';
import type { CategoryList } from '@eduplatform/contracts/documents';
import type { StudioCourseList } from '@eduplatform/contracts/http/studio';
import { lastText } from '#lib/server/studio/form-fields.ts';
import { runCommand } from '#lib/server/studio/command.ts';
import { teacherOf } from '#lib/server/studio/guard.ts';
import { mayPublishNow } from '#lib/server/studio/may-publish.ts';
import { loadCategories } from '#lib/server/studio/categories.ts';
import { coursePath } from '#lib/studio/paths.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = 50;

export const load: PageServerLoad = async (event) => {
  teacherOf(event);
  const cursor = event.url.searchParams.get('after');
  const [list, categories, mayPublish] = await Promise.all([
    event.locals.api.write<StudioCourseList>('GET', '/v1/studio/courses', {
      query: { limit: PAGE, ...(cursor && { cursor }) },
    }),
    loadCategories(event.locals.api),
    mayPublishNow(event.locals),
  ]);
  return {
    courses: list.data.items,
    nextCursor: list.data.nextCursor,
    isFirstPage: cursor === null,
    mayPublish,
    categories: categories satisfies CategoryList['items'],
    // A form that is sent twice (a reload, a double click) makes one course.
    creationKey: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  create: async (event) => {
    teacherOf(event);
    const form = await event.request.formData();
    const values = {
      title: lastText(form, 'title') ?? '',
      category: lastText(form, 'category') ?? '',
      language: lastText(form, 'language') ?? 'en',
    };
    const key = lastText(form, 'creationKey');
    const done = await runCommand(event.locals, {
      method: 'POST',
      path: '/v1/courses',
      body: values,
      values,
      ...(key && { idempotencyKey: key }),
    });
    if ('status' in done) return done;
    if (!done.courseId)
      return fail(502, { code: 'api_bad_answer', requestId: event.locals.requestId, errors: [], values });
    redirect(303, coursePath(done.courseId));
  },
};
