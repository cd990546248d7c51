import type { Course, Curriculum, Lesson } from '@eduplatform/contracts/documents';
import type { Note } from '@eduplatform/contracts/learning';
import { isUuid } from '@eduplatform/contracts/primitives';
import { error, redirect } from '@sveltejs/kit';
import type { Standing } from '#lib/learning/call-to-action.ts';
import type { QuestionList } from '#lib/learning/lists.ts';
import { focusableBlocks, linkHeadings } from '#lib/lessons/prepare-html.ts';
import { m } from '#lib/paraglide/messages.js';
import { localizeHref } from '#lib/paraglide/runtime.js';
import type { Api } from '#lib/server/api.ts';
import { optional } from '#lib/server/catalog.ts';
import { enroll } from '#lib/server/learning/course-actions.ts';
import * as lessonActions from '#lib/server/learning/lesson-actions.ts';
import { readList } from '#lib/server/learning/lists.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api, requestId, session }, params, url }) => {
  if (!isUuid(params.id)) error(404, 'not found', { code: 'lesson_not_found', requestId });
  const lesson = await api.read<Lesson>(`/v1/lessons/${params.id}`);
  // The course may have been renamed since the link was made.
  if (lesson.courseSlug !== params.slug) {
    redirect(301, localizeHref(`/courses/${lesson.courseSlug}/lessons/${lesson.id}`) + url.search);
  }
  const [curriculum, around] = await Promise.all([
    optional(api.read<Curriculum>(`/v1/courses/${lesson.courseId}/curriculum`)),
    aroundLesson(api, lesson, session.viewer() !== null, url),
  ]);
  const html = lesson.html && focusableBlocks(linkHeadings(lesson.html, (heading) => m.heading_link({ heading })));
  return {
    lesson: { ...lesson, html },
    curriculum,
    ...around,
    isCompleted: url.searchParams.has('completed'),
    // Questions and answers that are sent twice are one.
    formKey: crypto.randomUUID(),
    freshness: api.freshness(),
  };
};

/** What is personal, and what others say, may be missing: the lesson itself is worth reading. */
async function aroundLesson(api: Api, lesson: Lesson, isKnown: boolean, url: URL) {
  const standing = isKnown ? optional(api.read<Standing>(`/v1/courses/${lesson.courseId}/standing`)) : null;
  if (lesson.locked) {
    const course = await optional(api.read<Course>(`/v1/courses/${lesson.courseId}`));
    return { standing: await standing, course, note: null, questions: null };
  }
  const [known, note, questions] = await Promise.all([
    standing,
    isKnown ? optional(api.read<Note>(`/v1/lessons/${lesson.id}/notes/me`)) : null,
    optional(readList<QuestionList>(api, `/v1/lessons/${lesson.id}/questions`, url)),
  ]);
  return { standing: known, course: null, note, questions };
}

export const actions: Actions = { ...lessonActions, enroll };
