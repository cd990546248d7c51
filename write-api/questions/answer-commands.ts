import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { CommandContext } from '../commands/outcome.ts';
import type { LiveCourse } from '../courses/live-course.ts';
import { notify } from '../notifications/notify.ts';
import { nameOf } from '../users/name.ts';
import { assertMayDelete, courseOfQuestion } from './open-question.ts';
import { acceptedAfter, assertMayAccept, assertMayAnswer, type Question } from './question.ts';
import {
  changed,
  lockQuestion,
  lockQuestionOfAnswer,
  saveAccepted,
  unchanged,
  type QuestionOutcome,
} from './question-store.ts';

const nextVersion = (question: Question): Question => ({ ...question, version: question.version + 1 });

const COUNT = `
  select count(*)::int as all, (count(*) filter (where user_id = $2))::int as own from answers where question_id = $1`;

/** Answers a question about a lesson that the actor may open. Throws question_not_found, too_many. */
export async function answer(
  tx: Tx,
  context: CommandContext,
  questionId: string,
  body: string,
): Promise<QuestionOutcome> {
  const { actor, now } = context;
  const question = await lockQuestion(tx, questionId);
  if (!question) throw new ProblemError('question_not_found');
  const course = await courseOfQuestion(tx, question, actor, 'question_not_found');
  const counted = await tx.query<{ all: number; own: number }>(COUNT, [questionId, actor.id]);
  assertMayAnswer(counted.rows[0] ?? { all: 0, own: 0 });
  const { rows } = await tx.query<{ id: string }>(
    'insert into answers (question_id, user_id, body, created_at) values ($1, $2, $3, $4) returning id',
    [questionId, actor.id, body.trim(), now],
  );
  await saveAccepted(tx, question);
  const others = await tell(tx, context, { question, course, userId: question.userId, type: 'question_answered' });
  return changed(tx, nextVersion(question), { answerId: rows[0]?.id ?? '', others });
}

/**
 * Marks an answer as the one that helps, or takes its mark back; again changes nothing. Throws answer_not_found,
 * forbidden.
 */
export async function setAccepted(
  tx: Tx,
  context: CommandContext,
  answerId: string,
  isAccepted: boolean,
): Promise<QuestionOutcome> {
  const { question, authorId } = await openAnswer(tx, answerId);
  const course = await courseOfQuestion(tx, question, context.actor, 'answer_not_found');
  assertMayAccept(question, context.actor.id);
  const acceptedAnswerId = acceptedAfter(question.acceptedAnswerId, answerId, isAccepted);
  if (acceptedAnswerId === question.acceptedAnswerId) return unchanged(tx, question, answerId);
  await saveAccepted(tx, { ...question, acceptedAnswerId });
  const others = isAccepted
    ? await tell(tx, context, { question, course, userId: authorId, type: 'answer_accepted' })
    : [];
  return changed(tx, nextVersion(question), { answerId, others });
}

/** Deletes an answer; the question is then without it, and open again when it was the accepted one. */
export async function deleteAnswer(tx: Tx, { actor }: CommandContext, answerId: string): Promise<QuestionOutcome> {
  const { question, authorId } = await openAnswer(tx, answerId);
  await assertMayDelete(tx, question, { actor, authorId, missing: 'answer_not_found' });
  const { acceptedAnswerId } = question;
  await saveAccepted(tx, { ...question, acceptedAnswerId: acceptedAnswerId === answerId ? null : acceptedAnswerId });
  await tx.query('delete from answers where id = $1', [answerId]);
  return changed(tx, nextVersion(question), { answerId });
}

async function openAnswer(tx: Tx, answerId: string): Promise<{ question: Question; authorId: string }> {
  const found = await lockQuestionOfAnswer(tx, answerId);
  if (!found) throw new ProblemError('answer_not_found');
  return found;
}

interface News {
  question: Question;
  course: LiveCourse;
  /** Who is told, unless they did it themself. */
  userId: string;
  type: 'question_answered' | 'answer_accepted';
}

async function tell(
  tx: Tx,
  { actor, now }: CommandContext,
  { question, course, userId, type }: News,
): Promise<OutboxEvent[]> {
  if (userId === actor.id) return [];
  const params = { courseTitle: course.title, title: question.title, name: await nameOf(tx, actor.id) };
  const link = `/courses/${course.slug}/lessons/${question.lessonId}`;
  return notify(tx, [{ userId, type, params, aboutUserId: actor.id, link }], now);
}
