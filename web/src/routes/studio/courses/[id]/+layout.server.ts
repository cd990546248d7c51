import type { DraftChanges } from '@eduplatform/contracts/http/revisions';
import type { StudioCourse } from '@eduplatform/contracts/http/studio';
import { loadCategories } from '#lib/server/studio/categories.ts';
import { mayPublishNow } from '#lib/server/studio/may-publish.ts';
import { teacherOf } from '#lib/server/studio/guard.ts';
import type { LayoutServerLoad } from './$types';

/** The whole draft, once for the course and all its lessons; with the dialog for publishing, what it would change. */
export const load: LayoutServerLoad = async (event) => {
  const viewer = teacherOf(event);
  const { api } = event.locals;
  const path = `/v1/studio/courses/${event.params.id}`;
  const isPublishing = event.url.searchParams.has('publish');
  const [course, categories, changes, mayPublish] = await Promise.all([
    api.write<StudioCourse>('GET', path),
    loadCategories(api),
    isPublishing ? api.write<DraftChanges>('GET', `${path}/changes`) : null,
    isPublishing ? mayPublishNow(event.locals) : true,
  ]);
  return { viewerId: viewer.id, course: course.data, categories, changes: changes?.data ?? null, mayPublish };
};
