import type pg from 'pg';
import type { CourseStudentList } from '@eduplatform/contracts/http/studio';
import { progressOf } from '@eduplatform/contracts/progress';
import type { Actor } from '../commands/outcome.ts';
import { cursorAfter, idOfCursor } from './cursor.ts';
import { editableCourse } from './queries.ts';

const STUDENTS = `
  select e.id, case when u.deleted_at is null then u.name end as name, e.enrolled_at as "enrolledAt",
    c.completed_at as "completedAt",
    array(select p.lesson_id::text from lesson_progress p
      where p.user_id = e.user_id and p.course_id = e.course_id and p.completed_at is not null) as done
  from enrollments e
  join users u on u.id = e.user_id
  left join completions c on c.user_id = e.user_id and c.course_id = e.course_id
  where e.course_id = $1 and e.revoked_at is null and ($2::uuid is null or e.id < $2)
  order by e.id desc limit $3`;

interface Row {
  id: string;
  name: string | null;
  enrolledAt: Date;
  completedAt: Date | null;
  done: string[];
}

/** Who is enrolled in a course, the newest first, and how far they are. Throws course_not_found, forbidden. */
export async function listStudents(
  pool: pg.Pool,
  actor: Actor,
  courseId: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<CourseStudentList> {
  const course = await editableCourse(pool, actor, courseId);
  const after = cursor === undefined ? null : idOfCursor(cursor);
  const live = await pool.query<{ lessonIds: string[] }>(
    'select lesson_ids as "lessonIds" from course_revisions where course_id = $1 and revision = $2',
    [courseId, course.liveRevision],
  );
  const lessonIds = live.rows[0]?.lessonIds ?? [];
  const { rows } = await pool.query<Row>(STUDENTS, [courseId, after, limit + 1]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ id, name, enrolledAt, completedAt, done }) => ({
      id,
      name,
      enrolledAt: enrolledAt.toISOString(),
      percent: progressOf(lessonIds, done).percent,
      completedAt: completedAt?.toISOString() ?? null,
    })),
    nextCursor: rows.length > limit && last ? cursorAfter(last.id) : null,
  };
}
