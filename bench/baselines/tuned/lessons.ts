import type { Reader } from '../http/reads.ts';
import { bodyOf, type Queryable } from '../sql/prepared.ts';
import { ACCESS, jsonTime } from './card.ts';

const LESSON = `
  select json_build_object(
    'id', l.id,
    'courseId', c.id,
    'courseSlug', c.slug,
    'courseTitle', c.title,
    'moduleTitle', m.title,
    'title', l.title,
    'durationMinutes', l.duration_minutes,
    'access', ${ACCESS},
    'locked', not who.is_let_in,
    'headings', l.headings,
    'html', case when who.is_let_in then l.html end,
    'previous', case when previous.id is not null
      then json_build_object('id', previous.id, 'title', previous.title)
    end,
    'next', case when next.id is not null then json_build_object('id', next.id, 'title', next.title) end,
    'number', l.place,
    'lessonCount', c.lesson_count,
    'updatedAt', ${jsonTime('l.updated_at')}
  )::text as body
  from lessons l
  join courses c on c.id = l.course_id
  join modules m on m.id = l.module_id
  left join lessons previous on previous.course_id = l.course_id and previous.place = l.place - 1
  left join lessons next on next.course_id = l.course_id and next.place = l.place + 1
  cross join lateral (
    select c.price_amount is null or l.is_free_preview or $3 or coalesce(c.teacher_id = $2, false) or exists (
      select from enrollments e where e.user_id = $2 and e.course_id = c.id and e.revoked_at is null
    ) as is_let_in
  ) who
  where l.id = $1 and c.status <> 'draft'`;

/** The text is left where it is for who may not open the lesson. */
export const lesson = (db: Queryable, id: string, reader: Reader): Promise<string | null> =>
  bodyOf(db, LESSON, [id, reader?.sub ?? null, reader?.role === 'admin']);
