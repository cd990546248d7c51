/** What a form on a page of the account, the studio or the administration came to. */
export type FormAnswer = FormDone | FormFailed | null | undefined;

export interface FormDone {
  /** Name of the form; several on a page have names of their own. */
  form: string;
  done: true;
  /** What the words about it need: how many, whom. */
  details?: Record<string, string | number>;
}

export interface FormFailed {
  form: string;
  /** Stable code of the problem. */
  code: string;
  requestId: string;
  /** Names of the fields that were refused. */
  fields: string[];
  /** What was typed, never a password, to be shown again. */
  values: Record<string, string>;
}

export const failureOf = (answer: FormAnswer, form: string): FormFailed | null =>
  answer && 'code' in answer && answer.form === form ? answer : null;

export const doneOf = (answer: FormAnswer, form: string): FormDone | null =>
  answer && 'done' in answer && answer.form === form ? answer : null;

/** Whether the answer is this form's: then what holds the form stays open, so that it can be read. */
export const isAnswered = (answer: FormAnswer, form: string): boolean => answer?.form === form;

/** What a field shows: what was typed into the form that failed, or what is stored. */
export const valueOf = (answer: FormAnswer, form: string, field: string, stored = ''): string =>
  failureOf(answer, form)?.values[field] ?? stored;

/** The words for a field when it was refused. */
export const errorOf = (answer: FormAnswer, form: string, field: string, words: () => string): string | undefined =>
  failureOf(answer, form)?.fields.includes(field) ? words() : undefined;
