import type { PageQuery } from '@eduplatform/contracts/pages';
import { isUuid } from '@eduplatform/contracts/primitives';
import { decodeCursor, isTimestamp } from '../answers/cursor.ts';
import { rowsOf, type Queryable } from '../sql/prepared.ts';
import { CARD_JOINS, CARD_MEMBERS, jsonTime } from './card.ts';
import { pageOf } from './page.ts';

/** Time of the last activity and id of the course. */
type Place = [string, string];

// The next lesson is the first that is not done behind the last one that is, or the first that is not done at all. Of a
// course that is not published nobody can say how far somebody is, but who has completed it is at 100 %.
const learningPage = (isBehind: string): string => `
  select json_build_object(
    'id', e.id,
    'courseId', e.course_id,
    'courseTitle', e.course_title,
    'course', published.card,
    'paymentId', e.payment_id,
    'enrolledAt', ${jsonTime('e.enrolled_at')},
    'completion', case when d.completed_at is not null
      then json_build_object('completedAt', ${jsonTime('d.completed_at')}, 'certificateCode', d.certificate_code)
    end,
    'percent', case
      when published.id is not null then coalesce(done.count * 100 / nullif(published.lesson_count, 0), 0)
      when d.completed_at is not null then 100
      else 0
    end,
    'doneCount', done.count,
    'lessonCount', coalesce(published.lesson_count, 0),
    'nextLesson', case when next.id is not null then json_build_object('id', next.id, 'title', next.title) end,
    'lastActivityAt', ${jsonTime('e.last_activity_at')}
  )::text as body, e.last_activity_at, e.course_id
  from (
    select * from enrollments
    where user_id = $1 and revoked_at is null ${isBehind}
    order by last_activity_at desc, course_id desc
    limit $2
  ) e
  left join completions d on d.user_id = e.user_id and d.course_id = e.course_id
  left join lateral (
    select c.id, c.lesson_count, json_build_object(${CARD_MEMBERS}) as card
    from courses c ${CARD_JOINS} where c.id = e.course_id and c.status <> 'draft'
  ) published on true
  cross join lateral (
    select count(*)::int as count, coalesce(max(l.place), 0) as last_place
    from lesson_progress p join lessons l on l.id = p.lesson_id
    where p.user_id = e.user_id and p.course_id = e.course_id and p.completed_at is not null
  ) done
  left join lateral (
    select l.id, l.title from lessons l
    where l.course_id = published.id and not exists (
      select from lesson_progress p
      where p.user_id = e.user_id and p.course_id = e.course_id and p.lesson_id = l.id and p.completed_at is not null
    )
    order by l.place < done.last_place, l.place limit 1
  ) next on true
  order by e.last_activity_at desc, e.course_id desc`;

const FIRST_PAGE = learningPage('');
const LATER_PAGE = learningPage('and (last_activity_at, course_id) < ($3::timestamptz, $4::uuid)');

interface Row {
  body: string;
  last_activity_at: Date;
  course_id: string;
}

/** The courses that somebody goes on with, by their last activity, in one statement. Throws invalid_cursor. */
export async function learning(db: Queryable, userId: string, { limit = 20, cursor }: PageQuery): Promise<string> {
  const place = cursor === undefined ? [] : decodeCursor(cursor, isPlace);
  const statement = cursor === undefined ? FIRST_PAGE : LATER_PAGE;
  const rows = await rowsOf<Row>(db, statement, [userId, limit + 1, ...place]);
  return pageOf(rows, limit, (row) => [row.last_activity_at.toISOString(), row.course_id] satisfies Place);
}

const isPlace = (value: unknown): value is Place =>
  Array.isArray(value) && value.length === 2 && isTimestamp(value[0]) && isUuid(String(value[1]));
