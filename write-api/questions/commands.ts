import type { Static } from '@sinclair/typebox';
import type { QuestionBody } from '@eduplatform/contracts/http/learning';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { CommandContext } from '../commands/outcome.ts';
import { loadCourseOfLesson } from '../courses/live-course.ts';
import { canOpenLesson } from '../enrollments/lesson-access.ts';
import { notify } from '../notifications/notify.ts';
import { nameOf } from '../users/name.ts';
import { assertMayDelete } from './open-question.ts';
import { assertMayAsk, type Question } from './question.ts';
import { changed, lockQuestion, type QuestionOutcome } from './question-store.ts';

const OPEN_QUESTIONS = `
  select count(*)::int as count from questions where user_id = $1 and course_id = $2 and accepted_answer_id is null`;
const INSERT = `
  insert into questions (lesson_id, course_id, user_id, title, body, created_at) values ($1, $2, $3, $4, $5, $6)
  returning id, lesson_id as "lessonId", version`;

/** Asks a question about a lesson that the actor may open. Throws lesson_not_found, not_enrolled, too_many. */
export async function ask(
  tx: Tx,
  { actor, now }: CommandContext,
  lessonId: string,
  words: Static<typeof QuestionBody>,
): Promise<QuestionOutcome> {
  const course = await loadCourseOfLesson(tx, lessonId);
  if (!(await canOpenLesson(tx, course, lessonId, actor))) throw new ProblemError('not_enrolled');
  // One after another: they are counted.
  await tx.query('select from users where id = $1 for no key update', [actor.id]);
  const open = await tx.query<{ count: number }>(OPEN_QUESTIONS, [actor.id, course.id]);
  assertMayAsk(open.rows[0]?.count ?? 0);
  const title = words.title.trim();
  const { rows } = await tx.query<Question>(INSERT, [lessonId, course.id, actor.id, title, words.body.trim(), now]);
  if (!rows[0]) throw new Error('the question was not inserted');
  if (actor.id === course.ownerId) return changed(tx, rows[0]);
  const params = { courseTitle: course.title, title, name: await nameOf(tx, actor.id) };
  const link = `/courses/${course.slug}/lessons/${lessonId}`;
  const notice = { userId: course.ownerId, type: 'question_asked', params, aboutUserId: actor.id, link } as const;
  const others = await notify(tx, [notice], now);
  return changed(tx, rows[0], { others });
}

/** Deletes a question with its answers. Throws question_not_found, forbidden. */
export async function deleteQuestion(tx: Tx, { actor }: CommandContext, questionId: string): Promise<QuestionOutcome> {
  const question = await lockQuestion(tx, questionId);
  if (!question) throw new ProblemError('question_not_found');
  await assertMayDelete(tx, question, { actor, authorId: question.userId, missing: 'question_not_found' });
  await tx.query('delete from questions where id = $1', [questionId]);
  return changed(tx, { ...question, version: question.version + 1 });
}
