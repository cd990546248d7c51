import { courses, lessons, modules } from '../fill/courses.ts';
import { categories, completions, enrollments, lessonProgress, reviews, users } from '../fill/people.ts';
import type { TableCopy } from '../fill/table-copy.ts';

/** With the counts that whoever writes would keep up to date. */
const countedCourses: TableCopy = {
  ...courses,
  columns: {
    ...courses.columns,
    module_count: 'coalesce(r.module_count, 0)',
    lesson_count: 'coalesce(jsonb_array_length(r.lesson_ids), 0)',
    preview_count: 'coalesce(jsonb_array_length(r.preview_ids), 0)',
    duration_minutes:
      '(select coalesce(sum(minutes::int), 0) from jsonb_array_elements_text(r.lesson_minutes) as minutes)',
    student_count: '(select count(*) from enrollments e where e.course_id = c.id and e.revoked_at is null)',
    review_count: 'stars.count',
    star_sum: 'stars.sum',
  },
  from: `${courses.from}
    cross join lateral (
      select count(*), coalesce(sum(v.rating), 0) as sum
      from reviews v where v.course_id = c.id and v.hidden_at is null
    ) stars`,
};

const { sort_order: _withinItsModule, ...lessonColumns } = lessons.columns;

export const tunedCopies: readonly TableCopy[] = [
  ...[users, categories, countedCourses, modules],
  {
    ...lessons,
    columns: { ...lessonColumns, course_id: 'c.id', place: 'l.place', language: `r.head ->> 'language'` },
  },
  enrollments,
  { ...lessonProgress, columns: { ...lessonProgress.columns, course_id: 'l.course_id' } },
  ...[completions, reviews],
];
