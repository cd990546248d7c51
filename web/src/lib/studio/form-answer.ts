import type { StudioCourse } from '@eduplatform/contracts/http/studio';
import type { CommandDone, CommandFailed } from './answers.ts';
import type { TargetProblem } from './refusals.svelte.ts';
import { partOf, type Target } from './edits.ts';

/** What the last form that a page without scripts sent came to. */
export type FormAnswer = CommandDone | CommandFailed | null | undefined;

const failureFor = (answer: FormAnswer, target: Target): CommandFailed | null =>
  answer && 'code' in answer && answer.target === target ? answer : null;

/** Puts what was typed back into the form that was refused. */
export function takeFormValues(course: StudioCourse, target: Target, answer: FormAnswer): void {
  const part = partOf(course, target);
  const values = failureFor(answer, target)?.values;
  if (part && values) Object.assign(part, values);
}

/** The problems of one field in such an answer. One without any field is said at the first. */
export function formProblems(answer: FormAnswer, target: Target, field: string): Omit<TargetProblem, 'target'>[] {
  const failure = failureFor(answer, target);
  if (!failure) return [];
  const errors = failure.errors.length > 0 ? failure.errors : [{ path: 'title', message: '' }];
  return errors
    .filter(({ path }) => path.split('/')[0] === field)
    .map((error) => ({ ...error, code: error.code ?? failure.code }));
}
