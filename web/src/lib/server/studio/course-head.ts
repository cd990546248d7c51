import type { StudioCourse } from '@eduplatform/contracts/http/studio';
import type { Api } from '../api.ts';

/** What the pages beside the editor show of a course. */
export type CourseHead = Pick<
  StudioCourse,
  'id' | 'slug' | 'title' | 'language' | 'version' | 'state' | 'liveRevision'
>;

/** Throws ApiError, course_not_found for a course of somebody else. */
export async function loadCourseHead(api: Api, courseId: string): Promise<CourseHead> {
  const { data } = await api.write<StudioCourse>('GET', `/v1/studio/courses/${encodeURIComponent(courseId)}`);
  const { id, slug, title, language, version, state, liveRevision } = data;
  return { id, slug, title, language, version, state, liveRevision };
}
