import type { Curriculum, Lesson } from '@eduplatform/contracts/documents';
import { isUuid } from '@eduplatform/contracts/primitives';
import { error, redirect } from '@sveltejs/kit';
import { focusableBlocks, linkHeadings } from '#lib/lessons/prepare-html.ts';
import { m } from '#lib/paraglide/messages.js';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { optional } from '#lib/server/catalog.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api, requestId }, params, url }) => {
  if (!isUuid(params.id)) error(404, 'not found', { code: 'lesson_not_found', requestId });
  const lesson = await api.read<Lesson>(`/v1/lessons/${params.id}`);
  // The course may have been renamed since the link was made.
  if (lesson.courseSlug !== params.slug) {
    redirect(301, localizeHref(`/courses/${lesson.courseSlug}/lessons/${lesson.id}`) + url.search);
  }
  const curriculum = await optional(api.read<Curriculum>(`/v1/courses/${lesson.courseId}/curriculum`));
  const html = lesson.html && focusableBlocks(linkHeadings(lesson.html, (heading) => m.heading_link({ heading })));
  return { lesson: { ...lesson, html }, curriculum, freshness: api.freshness() };
};
