import type { LearningCoursePage } from '@eduplatform/contracts/learning';
import type { PageQuery } from '@eduplatform/contracts/pages';
import { isUuid } from '@eduplatform/contracts/primitives';
import type { Static } from '@sinclair/typebox';
import { decodeCursor, encodeCursor, isTimestamp } from '../answers/cursor.ts';
import { learningCourseOf, type LearningFigures, type LearningRow } from '../answers/learning.ts';
import { rowsOf, type Queryable } from '../sql/prepared.ts';
import { CARD_COLUMNS, CARD_JOINS } from './card.ts';

/** Time of the last activity and id of the course. */
type Place = [string, string];

// The next lesson is the first that is not done behind the last one that is, or the first that is not done at all.
const learningPage = (isBehind: string): string => `
  select e.id as enrollment_id, e.course_id, e.course_title, e.payment_id, e.enrolled_at, e.last_activity_at,
         d.completed_at, d.certificate_code, card.*, done.count as done_count, next.id as next_id, next.title as next_title
  from (
    select * from enrollments
    where user_id = $1 and revoked_at is null ${isBehind}
    order by last_activity_at desc, course_id desc
    limit $2
  ) e
  left join completions d on d.user_id = e.user_id and d.course_id = e.course_id
  left join lateral (
    select ${CARD_COLUMNS} from courses c ${CARD_JOINS} where c.id = e.course_id and c.status <> 'draft'
  ) card on true
  cross join lateral (
    select count(*)::int as count, coalesce(max(l.place), 0) as last_place
    from lesson_progress p join lessons l on l.id = p.lesson_id
    where p.user_id = e.user_id and p.course_id = e.course_id and p.completed_at is not null
  ) done
  left join lateral (
    select l.id, l.title from lessons l
    where l.course_id = card.id and not exists (
      select from lesson_progress p
      where p.user_id = e.user_id and p.course_id = e.course_id and p.lesson_id = l.id and p.completed_at is not null
    )
    order by l.place < done.last_place, l.place limit 1
  ) next on true
  order by e.last_activity_at desc, e.course_id desc`;

const FIRST_PAGE = learningPage('');
const LATER_PAGE = learningPage('and (last_activity_at, course_id) < ($3::timestamptz, $4::uuid)');

interface Row {
  done_count: number;
  next_id: string | null;
  next_title: string;
}

/** The courses that somebody goes on with, by their last activity, in one statement. Throws invalid_cursor. */
export async function learning(
  db: Queryable,
  userId: string,
  { limit = 20, cursor }: PageQuery,
): Promise<Static<typeof LearningCoursePage>> {
  const place = cursor === undefined ? [] : decodeCursor(cursor, isPlace);
  const statement = cursor === undefined ? FIRST_PAGE : LATER_PAGE;
  const rows = await rowsOf<LearningRow & Row>(db, statement, [userId, limit + 1, ...place]);
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map((row) => learningCourseOf(row, () => figuresOf(row))),
    nextCursor:
      rows.length > limit && last
        ? encodeCursor([last.last_activity_at.toISOString(), last.course_id] satisfies Place)
        : null,
  };
}

const isPlace = (value: unknown): value is Place =>
  Array.isArray(value) && value.length === 2 && isTimestamp(value[0]) && isUuid(String(value[1]));

function figuresOf({ done_count, next_id, next_title, lesson_count }: LearningRow & Row): LearningFigures {
  const lessonCount = lesson_count ?? 0;
  return {
    percent: lessonCount === 0 ? 0 : Math.floor((done_count * 100) / lessonCount),
    doneCount: done_count,
    lessonCount,
    nextLesson: next_id === null ? null : { id: next_id, title: next_title },
  };
}
