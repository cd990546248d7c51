import type { LearningCoursePage } from '@eduplatform/contracts/learning';
import type { PageQuery } from '@eduplatform/contracts/pages';
import { progressOf } from '@eduplatform/contracts/progress';
import type { Static } from '@sinclair/typebox';
import { decodeOffset, encodeCursor } from '../answers/cursor.ts';
import { learningCourseOf, type LearningFigures, type LearningRow } from './learning-answer.ts';
import { rowsOf, type Queryable } from '../sql/prepared.ts';
import { CARD_COLUMNS, CARD_JOINS } from './card.ts';

const ENROLLMENTS = `
  select e.id as enrollment_id, e.course_id, e.course_title, e.payment_id, e.enrolled_at, e.last_activity_at,
         d.completed_at, d.certificate_code, card.*
  from (
    select * from enrollments where user_id = $1 and revoked_at is null
    order by last_activity_at desc, course_id desc
    limit $2 offset $3
  ) e
  left join completions d on d.user_id = e.user_id and d.course_id = e.course_id
  left join lateral (
    select ${CARD_COLUMNS} from courses c ${CARD_JOINS} where c.id = e.course_id and c.status <> 'draft'
  ) card on true
  order by e.last_activity_at desc, e.course_id desc`;

const LESSONS = `
  select m.course_id, l.id, l.title, p.completed_at is not null as is_done
  from modules m
  join lessons l on l.module_id = m.id
  left join lesson_progress p on p.user_id = $1 and p.lesson_id = l.id
  where m.course_id = any($2)
  order by m.sort_order, l.sort_order`;

interface LessonRow {
  course_id: string;
  id: string;
  title: string;
  is_done: boolean;
}

/** The courses that somebody goes on with, by their last activity. Throws invalid_cursor. */
export async function learning(
  db: Queryable,
  userId: string,
  { limit = 20, cursor }: PageQuery,
): Promise<Static<typeof LearningCoursePage>> {
  const offset = decodeOffset(cursor);
  const rows = await rowsOf<LearningRow>(db, ENROLLMENTS, [userId, limit + 1, offset]);
  const page = rows.slice(0, limit);
  const lessons = await rowsOf<LessonRow>(db, LESSONS, [userId, page.map(({ course_id }) => course_id)]);
  const ofCourse = Map.groupBy(lessons, ({ course_id }) => course_id);
  return {
    items: page.map((row) => learningCourseOf(row, () => figuresOf(ofCourse.get(row.course_id) ?? []))),
    nextCursor: rows.length > limit ? encodeCursor(offset + limit) : null,
  };
}

function figuresOf(lessons: readonly LessonRow[]): LearningFigures {
  const done = lessons.filter(({ is_done }) => is_done).map(({ id }) => id);
  const progress = progressOf(
    lessons.map(({ id }) => id),
    done,
  );
  const next = lessons.find(({ id }) => id === progress.next);
  const { percent, doneCount, lessonCount } = progress;
  return { percent, doneCount, lessonCount, nextLesson: next ? { id: next.id, title: next.title } : null };
}
