import type { CourseCard } from '@eduplatform/contracts/documents';
import type { CourseHit, LessonHit, SearchHit } from '@eduplatform/contracts/search';

/** One row of the results: a course, with the lessons of it that match. */
export interface HitGroup {
  courseId: string;
  slug: string;
  title: string;
  /** Null when neither the course itself matched nor its card could be read. */
  card: CourseCard | null;
  /** The course's own match, with its highlights; null when only lessons matched. */
  hit: CourseHit | null;
  lessons: LessonHit[];
}

/** Courses in the order in which they, or their first lesson, were found. */
export function groupHits(hits: readonly SearchHit[]): HitGroup[] {
  const groups = new Map<string, HitGroup>();
  for (const hit of hits) {
    const { id, slug, title } = hit.course;
    const group = groups.get(id) ?? { courseId: id, slug, title, card: null, hit: null, lessons: [] };
    groups.set(id, group);
    if (hit.type === 'course') {
      group.hit ??= hit;
      group.card = hit.course;
    } else {
      group.card ??= hit.card;
      if (!group.lessons.some((lesson) => lesson.id === hit.id)) group.lessons.push(hit);
    }
  }
  return [...groups.values()];
}
