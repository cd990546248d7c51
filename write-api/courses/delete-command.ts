import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { CourseCommandResult } from '@eduplatform/contracts/http/studio';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { auditCourse } from './audit-course.ts';
import { saveCourse } from './course-store.ts';
import { openCourse } from './edit-draft.ts';

const IN_USE = `
  select exists (select 1 from enrollments where course_id = $1) as "hasStudents",
    exists (select 1 from payments where course_id = $1) as "hasPayments"`;

const LESSON_IDS = `
  select id::text from lessons where course_id = $1
  union select lesson_id::text from live_lessons where course_id = $1
  union select jsonb_array_elements_text(lesson_ids) from course_revisions where course_id = $1`;

/**
 * Deletes a course with everything in it, live or not. The event names every lesson that it ever published. Throws
 * course_in_use when anybody ever enrolled or paid: that belongs to them.
 */
export async function deleteCourse(
  tx: Tx,
  context: CommandContext,
  courseId: string,
  expectedVersion: number,
): Promise<CommandOutcome<CourseCommandResult>> {
  const course = await openCourse(tx, context, { by: 'course', id: courseId }, expectedVersion);
  const use = await tx.query<{ hasStudents: boolean; hasPayments: boolean }>(IN_USE, [courseId]);
  if (use.rows[0]?.hasStudents) throw new ProblemError('course_in_use', 'people are or were enrolled: archive it');
  if (use.rows[0]?.hasPayments) throw new ProblemError('course_in_use', 'somebody has paid, or tried to: archive it');
  const lessons = await tx.query<{ id: string }>(LESSON_IDS, [courseId]);
  await recordBelongings(tx, courseId);
  await auditCourse(tx, context.actor, course, 'delete', { title: course.title });
  const version = await saveCourse(tx, course);
  await tx.query('delete from courses where id = $1', [courseId]);
  const position = await record(tx, [
    {
      type: 'course.deleted',
      aggregateType: 'course',
      aggregateId: courseId,
      aggregateVersion: version,
      payload: {
        courseId,
        ownerId: course.ownerId,
        lessonIds: lessons.rows.map(({ id }) => id).toSorted(),
        slug: course.slug,
      },
    },
  ]);
  return { result: { courseId, version }, position };
}

const BELONGINGS = `
  declare belongings no scroll cursor for
  select 'favorite' as kind, user_id::text as "userId", null as "lessonId", null as id from favorites where course_id = $1
  union all select 'note', user_id::text, lesson_id::text, null from notes where course_id = $1
  union all select 'question', null, lesson_id::text, id::text from questions where course_id = $1`;

/** Events in one statement, and in memory. */
const BATCH = 500;

type Belonging =
  | { kind: 'favorite'; userId: string }
  | { kind: 'note'; userId: string; lessonId: string }
  | { kind: 'question'; id: string; lessonId: string };

/** What others had of the course goes with it: favorites, the notes of who only looked at previews, questions. */
async function recordBelongings(tx: Tx, courseId: string): Promise<void> {
  await tx.query(BELONGINGS, [courseId]);
  let isMore = true;
  while (isMore) {
    const { rows } = await tx.query<Belonging>(`fetch ${BATCH} from belongings`);
    if (rows.length > 0)
      await record(
        tx,
        rows.map((row) => eventOf(row, courseId)),
      );
    isMore = rows.length === BATCH;
  }
  await tx.query('close belongings');
}

function eventOf(belonging: Belonging, courseId: string): OutboxEvent {
  const { kind } = belonging;
  if (kind === 'question') {
    const { id, lessonId } = belonging;
    const payload = { questionId: id, lessonId };
    return { type: 'question.changed', aggregateType: kind, aggregateId: id, aggregateVersion: 1, payload };
  }
  const { userId } = belonging;
  if (kind === 'favorite') {
    const payload = { userId, courseId };
    const aggregateId = `${userId}/${courseId}`;
    return { type: 'favorite.changed', aggregateType: kind, aggregateId, aggregateVersion: 1, payload };
  }
  const { lessonId } = belonging;
  const aggregateId = `${userId}/${lessonId}`;
  return { type: 'note.changed', aggregateType: kind, aggregateId, aggregateVersion: 1, payload: { userId, lessonId } };
}
