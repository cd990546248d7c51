import type { ProblemCode } from '@eduplatform/contracts/problems';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { Actor } from '../commands/outcome.ts';
import { findCourseOfLesson, type LiveCourse } from '../courses/live-course.ts';
import { canOpenLesson } from '../enrollments/lesson-access.ts';
import { mayDelete, type Question } from './question.ts';

/** The course in which the actor reads the question. Throws `missing` where they may not: it does not exist for them. */
export async function courseOfQuestion(
  tx: Tx,
  { lessonId }: Pick<Question, 'lessonId'>,
  actor: Actor,
  missing: ProblemCode,
): Promise<LiveCourse> {
  const course = await findCourseOfLesson(tx, lessonId);
  if (!course || !(await canOpenLesson(tx, course, lessonId, actor))) throw new ProblemError(missing);
  return course;
}

/**
 * Throws unless the actor may delete what `authorId` wrote, also when its lesson is gone or closed for them: forbidden
 * for those who read it, `missing` for all others.
 */
export async function assertMayDelete(
  tx: Tx,
  question: Question,
  { actor, authorId, missing }: { actor: Actor; authorId: string; missing: ProblemCode },
): Promise<void> {
  if (mayDelete(question.ownerId, authorId, actor)) return;
  await courseOfQuestion(tx, question, actor, missing);
  throw new ProblemError('forbidden', 'only its author, the teacher of the course and admins delete this');
}
