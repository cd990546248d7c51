import type { Static } from '@sinclair/typebox';
import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { QuestionResult } from '@eduplatform/contracts/http/learning';
import type { Tx } from '@eduplatform/db/transaction';
import { record, type CommandOutcome } from '../commands/outcome.ts';
import type { Question } from './question.ts';

export type QuestionOutcome = CommandOutcome<Static<typeof QuestionResult>>;

const LOCK = `
  select q.id, q.lesson_id as "lessonId", q.course_id as "courseId", q.user_id as "userId", q.title,
    q.accepted_answer_id as "acceptedAnswerId", q.version, c.owner_id as "ownerId"
  from questions q join courses c on c.id = q.course_id
  where q.id = $1 for update of q`;

/** The question, which with its answers nobody else changes before the transaction ends. */
export async function lockQuestion(tx: Tx, questionId: string): Promise<Question | undefined> {
  return (await tx.query<Question>(LOCK, [questionId])).rows[0];
}

/** The question of an answer, locked, and who gave the answer; undefined when there is no such answer. */
export async function lockQuestionOfAnswer(
  tx: Tx,
  answerId: string,
): Promise<{ question: Question; authorId: string } | undefined> {
  const find = () =>
    tx.query<{ questionId: string; authorId: string }>(
      'select question_id as "questionId", user_id as "authorId" from answers where id = $1',
      [answerId],
    );
  const before = (await find()).rows[0];
  const question = before && (await lockQuestion(tx, before.questionId));
  // It may have gone while we waited for the lock.
  const answer = question && (await find()).rows[0];
  return answer && { question, authorId: answer.authorId };
}

/** Saves which answer is accepted as the question's next version. */
export const saveAccepted = (tx: Tx, { id, acceptedAnswerId }: Question) =>
  tx.query('update questions set accepted_answer_id = $2, version = version + 1 where id = $1', [id, acceptedAnswerId]);

/** Records that the question is now at this version, with what else happened. */
export async function changed(
  tx: Tx,
  { id, lessonId, version }: Pick<Question, 'id' | 'lessonId' | 'version'>,
  { answerId, others = [] }: { answerId?: string; others?: OutboxEvent[] } = {},
): Promise<QuestionOutcome> {
  const event: OutboxEvent = {
    type: 'question.changed',
    aggregateType: 'question',
    aggregateId: id,
    aggregateVersion: version,
    payload: { questionId: id, lessonId },
  };
  const result = { questionId: id, version, ...(answerId !== undefined && { answerId }) };
  return { result, position: await record(tx, [event, ...others]) };
}

/** The question as it already stands. */
export async function unchanged(tx: Tx, { id, version }: Question, answerId: string): Promise<QuestionOutcome> {
  return { result: { questionId: id, version, answerId }, position: await record(tx, []) };
}
