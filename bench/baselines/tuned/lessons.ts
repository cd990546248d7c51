import type { Lesson } from '@eduplatform/contracts/documents';
import { lessonOf, type LessonRow } from '../answers/lesson.ts';
import type { Reader } from '../http/reads.ts';
import { rowsOf, type Queryable } from '../sql/prepared.ts';

// The text is left where it is for who may not open it; who may is decided as in access.ts, which has the last word.
const LESSON = `
  select l.id, c.id as course_id, c.slug as course_slug, c.title as course_title, m.title as module_title,
         l.title, l.duration_minutes, l.is_free_preview, l.headings, l.updated_at, c.price_amount, c.teacher_id,
         l.place, c.lesson_count,
         previous.id as previous_id, previous.title as previous_title, next.id as next_id, next.title as next_title,
         enrolled.is_enrolled,
         case when c.price_amount is null or l.is_free_preview or enrolled.is_enrolled or c.teacher_id = $2 or $3
              then l.html end as html
  from lessons l
  join courses c on c.id = l.course_id
  join modules m on m.id = l.module_id
  left join lessons previous on previous.course_id = l.course_id and previous.place = l.place - 1
  left join lessons next on next.course_id = l.course_id and next.place = l.place + 1
  cross join lateral (
    select exists (
      select from enrollments e where e.user_id = $2 and e.course_id = c.id and e.revoked_at is null
    ) as is_enrolled
  ) enrolled
  where l.id = $1 and c.status <> 'draft'`;

export async function lesson(db: Queryable, id: string, reader: Reader): Promise<Lesson | null> {
  const values = [id, reader?.sub ?? null, reader?.role === 'admin'];
  const [row] = await rowsOf<LessonRow>(db, LESSON, values);
  return row ? lessonOf(row, reader) : null;
}
