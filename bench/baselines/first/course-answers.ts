import type { Course, Curriculum } from '@eduplatform/contracts/documents';
import { accessOf } from '../answers/access.ts';
import { cardOf, type CardRow } from '../answers/card.ts';

export interface CourseRow extends CardRow {
  description_html: string;
  outcomes: string[];
  teacher_bio: string;
  module_count: number;
  preview_count: number;
  student_count: number;
  status: string;
  revision: number;
}

export const courseOf = (row: CourseRow): Course => ({
  ...cardOf(row),
  descriptionHtml: row.description_html,
  outcomes: row.outcomes,
  teacherBio: row.teacher_bio,
  moduleCount: row.module_count,
  freePreviewCount: row.price_amount === null ? 0 : row.preview_count,
  studentCount: row.student_count,
  isArchived: row.status === 'archived',
  revision: row.revision,
});

/** One for each lesson in its order; a module without lessons has one whose lesson is null, a course without modules too. */
export interface CurriculumRow {
  course_id: string;
  course_slug: string;
  course_title: string;
  price_amount: number | null;
  module_id: string | null;
  module_title: string;
  lesson_id: string | null;
  lesson_title: string;
  duration_minutes: number;
  is_free_preview: boolean;
  has_video: boolean;
}

/** Null where there are no rows. */
export function curriculumOf(rows: readonly CurriculumRow[]): Curriculum | null {
  const [first] = rows;
  if (!first) return null;
  const modules = new Map<string, Curriculum['modules'][number]>();
  for (const row of rows) {
    if (row.module_id === null) continue;
    const module = modules.get(row.module_id) ?? { id: row.module_id, title: row.module_title, lessons: [] };
    modules.set(row.module_id, module);
    if (row.lesson_id === null) continue;
    module.lessons.push({
      id: row.lesson_id,
      title: row.lesson_title,
      durationMinutes: row.duration_minutes,
      access: accessOf(row),
      hasVideo: row.has_video,
    });
  }
  const { course_id: courseId, course_slug: courseSlug, course_title: courseTitle } = first;
  return { courseId, courseSlug, courseTitle, modules: [...modules.values()] };
}
