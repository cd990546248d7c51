import type { Lesson } from '@eduplatform/contracts/documents';
import { lessonOf, type LessonRow } from './lesson-answer.ts';
import type { Reader } from '../http/reads.ts';
import { rowsOf, type Queryable } from '../sql/prepared.ts';

const LESSON = `
  select l.id, c.id as course_id, c.slug as course_slug, c.title as course_title, m.title as module_title,
         l.title, l.duration_minutes, l.is_free_preview, l.headings, l.html, l.updated_at, c.price_amount, c.teacher_id,
         neighbors.place, neighbors.lesson_count,
         neighbors.previous_id, neighbors.previous_title, neighbors.next_id, neighbors.next_title,
         exists (
           select from enrollments e where e.user_id = $2 and e.course_id = c.id and e.revoked_at is null
         ) as is_enrolled
  from lessons l
  join modules m on m.id = l.module_id
  join courses c on c.id = m.course_id
  cross join lateral (
    select o.id, count(*) over ()::int as lesson_count, row_number() over in_order::int as place,
           lag(o.id) over in_order as previous_id, lag(o.title) over in_order as previous_title,
           lead(o.id) over in_order as next_id, lead(o.title) over in_order as next_title
    from modules om join lessons o on o.module_id = om.id
    where om.course_id = c.id
    window in_order as (order by om.sort_order, o.sort_order)
  ) neighbors
  where l.id = $1 and neighbors.id = l.id and c.status <> 'draft'`;

export async function lesson(db: Queryable, id: string, reader: Reader): Promise<Lesson | null> {
  const [row] = await rowsOf<LessonRow>(db, LESSON, [id, reader?.sub ?? null]);
  return row ? lessonOf(row, reader) : null;
}
