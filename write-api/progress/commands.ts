import type { Static } from '@sinclair/typebox';
import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { PositionResult, ProgressResult } from '@eduplatform/contracts/http/learning';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { completeCourse } from '../completions/complete.ts';
import { loadCourseOfLesson, type LiveCourse } from '../courses/live-course.ts';
import { lockEnrollment, type EnrollmentRow } from '../enrollments/enroll.ts';
import { markLesson } from './mark.ts';

/**
 * The course of a live lesson and the actor's enrollment in it, which is locked: what one student does in one course
 * happens one by one. Throws lesson_not_found, not_enrolled.
 */
async function openLesson(tx: Tx, { actor }: CommandContext, lessonId: string) {
  const course = await loadCourseOfLesson(tx, lessonId);
  const enrollment = await lockEnrollment(tx, actor.id, course.id);
  if (!enrollment) throw new ProblemError('not_enrolled');
  return { course, enrollment };
}

const MARK = `
  insert into lesson_progress (user_id, lesson_id, course_id, completed_at, updated_at) values ($1, $2, $3, $4, $5)
  on conflict (user_id, lesson_id) do update set completed_at = excluded.completed_at, updated_at = excluded.updated_at`;

/**
 * Marks a lesson as done, or as not done. Marking the last remaining one completes the course. Throws payment_in_progress
 * while the course is being refunded, which was allowed because it was not completed.
 */
export async function setLessonDone(
  tx: Tx,
  context: CommandContext,
  lessonId: string,
  isDone: boolean,
): Promise<CommandOutcome<ProgressResult>> {
  const { actor, now } = context;
  const { course, enrollment } = await openLesson(tx, context, lessonId);
  const { done, certificateCode, isRefunding } = await loadLearning(tx, actor.id, course.id);
  if (isRefunding) throw new ProblemError('payment_in_progress', 'the payment for this course is being given back');
  const marked = markLesson(course.lessonIds, { done, isCompleted: certificateCode !== null }, lessonId, isDone);
  const events: OutboxEvent[] = [];
  if (marked.isChanged) {
    await tx.query(MARK, [actor.id, lessonId, course.id, isDone ? now : null, now]);
    events.push(await touch(tx, enrollment, now));
  }
  let code = certificateCode;
  if (marked.completes) {
    const completion = await completeCourse(tx, course, [actor.id], now);
    code = completion.completed[0]?.certificateCode ?? null;
    events.push(...completion.events);
  }
  const { percent, doneCount, lessonCount } = marked.progress;
  const result = { courseId: course.id, lessonId, percent, doneCount, lessonCount, certificateCode: code };
  return { result, position: await record(tx, events) };
}

const LEARNING = `
  select array(
      select lesson_id::text from lesson_progress where user_id = $1 and course_id = $2 and completed_at is not null
    ) as done,
    (select certificate_code from completions where user_id = $1 and course_id = $2) as "certificateCode",
    exists (select from payments where user_id = $1 and course_id = $2 and status = 'refunding') as "isRefunding"`;

interface LearningRow {
  done: string[];
  certificateCode: string | null;
  isRefunding: boolean;
}

async function loadLearning(tx: Tx, userId: string, courseId: LiveCourse['id']) {
  const { rows } = await tx.query<LearningRow>(LEARNING, [userId, courseId]);
  const { done = [], certificateCode = null, isRefunding = false } = rows[0] ?? {};
  return { done: new Set(done), certificateCode, isRefunding };
}

const MOVE = `
  insert into lesson_progress (user_id, lesson_id, course_id, position_seconds, updated_at) values ($1, $2, $3, $4, $5)
  on conflict (user_id, lesson_id) do update
    set position_seconds = excluded.position_seconds, updated_at = excluded.updated_at
    where lesson_progress.position_seconds <> excluded.position_seconds`;

/** Remembers how far the actor is in the video of a lesson. */
export async function setPosition(
  tx: Tx,
  context: CommandContext,
  lessonId: string,
  seconds: number,
): Promise<CommandOutcome<Static<typeof PositionResult>>> {
  const { actor, now } = context;
  const { course, enrollment } = await openLesson(tx, context, lessonId);
  const { rowCount } = await tx.query(MOVE, [actor.id, lessonId, course.id, seconds, now]);
  const events = rowCount === 1 ? [await touch(tx, enrollment, now)] : [];
  return { result: { courseId: course.id, lessonId, seconds }, position: await record(tx, events) };
}

/** Something was done in the course: its student goes on with it from here. */
async function touch(tx: Tx, { id, userId, courseId, version }: EnrollmentRow, now: Date): Promise<OutboxEvent> {
  await tx.query('update enrollments set last_activity_at = $2, version = version + 1 where id = $1', [id, now]);
  return {
    type: 'progress.changed',
    aggregateType: 'enrollment',
    aggregateId: id,
    aggregateVersion: version + 1,
    payload: { userId, courseId },
  };
}
