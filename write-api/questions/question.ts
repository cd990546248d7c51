import { ProblemError } from '@eduplatform/http-kit/problem';
import type { Actor } from '../commands/outcome.ts';

/** A question with what commands on it need to know of its course. */
export interface Question {
  id: string;
  lessonId: string;
  courseId: string;
  /** Who asked. */
  userId: string;
  title: string;
  acceptedAnswerId: string | null;
  version: number;
  ownerId: string;
}

const MAX_ANSWERS = 200;
/** Answers of one person to one question: nobody fills it alone. */
const MAX_OWN_ANSWERS = 20;
/** Questions without an accepted answer, of one person in one course. */
const MAX_OPEN_QUESTIONS = 100;

/** Throws too_many. */
export function assertMayAsk(openQuestions: number): void {
  if (openQuestions < MAX_OPEN_QUESTIONS) return;
  throw new ProblemError('too_many', `${MAX_OPEN_QUESTIONS} of your questions in this course are still open`);
}

/** Throws too_many when a question has as many answers, in all or of the actor's own, as it may. */
export function assertMayAnswer({ all, own }: { all: number; own: number }): void {
  if (own >= MAX_OWN_ANSWERS)
    throw new ProblemError('too_many', `you gave ${MAX_OWN_ANSWERS} answers to this question`);
  if (all >= MAX_ANSWERS) throw new ProblemError('too_many', `a question has at most ${MAX_ANSWERS} answers`);
}

/** Whether the actor may delete what `authorId` wrote: its author, the teacher of the course, an admin. */
export const mayDelete = (ownerId: string, authorId: string, actor: Pick<Actor, 'id' | 'role'>): boolean =>
  actor.id === authorId || actor.id === ownerId || actor.role === 'admin';

/** Throws forbidden unless the actor asked or teaches the course. */
export function assertMayAccept({ userId, ownerId }: Pick<Question, 'userId' | 'ownerId'>, actorId: string): void {
  if (actorId === userId || actorId === ownerId) return;
  throw new ProblemError('forbidden', 'only who asked and the teacher mark an answer');
}

/** The answer that is accepted after one was marked, or after its mark was taken back: doing either again changes nothing. */
export function acceptedAfter(acceptedAnswerId: string | null, answerId: string, isAccepted: boolean): string | null {
  if (isAccepted) return answerId;
  return acceptedAnswerId === answerId ? null : acceptedAnswerId;
}
