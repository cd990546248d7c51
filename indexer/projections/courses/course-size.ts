import type { CourseRevision } from '@eduplatform/contracts/revision';
import type { CourseSize } from './loaded.ts';

/** The same figures as the query for heads takes from the stored content. */
export function sizeOf({ modules }: Pick<CourseRevision, 'modules'>): CourseSize {
  const lessons = modules.flatMap((module) => module.lessons);
  return {
    moduleCount: modules.length,
    lessonCount: lessons.length,
    durationMinutes: lessons.reduce((total, lesson) => total + lesson.durationMinutes, 0),
    previewCount: lessons.filter((lesson) => lesson.isFreePreview).length,
  };
}
