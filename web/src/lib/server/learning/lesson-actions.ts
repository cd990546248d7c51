import type { ProgressResult } from '@eduplatform/contracts/http/learning';
import { isUuid } from '@eduplatform/contracts/primitives';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { textField, typedFields } from '../forms/fields.ts';
import { refuse, runForm } from '../forms/run.ts';
import { viewerOf } from '../guards.ts';

type LessonEvent = RequestEvent<{ slug: string; id: string }>;

const markPath = ({ params }: LessonEvent): string => `/v1/progress/lessons/${encodeURIComponent(params.id)}/complete`;

/** Marks the lesson as done and goes on to the next one; after the last that was missing, to the moment of completion. */
export async function complete(event: LessonEvent) {
  viewerOf(event);
  const nextId = textField(await event.request.formData(), 'nextId');
  const result = await runForm<ProgressResult>(event.locals, {
    form: 'complete',
    method: 'POST',
    path: markPath(event),
  });
  if ('status' in result) return result;
  const lessons = localizeHref(`/courses/${event.params.slug}/lessons`);
  if (result.data.percent === 100) redirect(303, `${lessons}/${event.params.id}?completed`);
  if (isUuid(nextId)) redirect(303, `${lessons}/${nextId}`);
  return result;
}

export async function undo(event: LessonEvent) {
  viewerOf(event);
  return runForm(event.locals, { form: 'complete', method: 'DELETE', path: markPath(event) });
}

/** Saves the private note. An empty `version` overwrites whatever is there. */
export async function note(event: LessonEvent) {
  viewerOf(event);
  const form = await event.request.formData();
  const values = typedFields(form, ['text']);
  const version = textField(form, 'version');
  return runForm<{ version: number }>(event.locals, {
    form: 'note',
    method: 'PUT',
    path: `/v1/lessons/${encodeURIComponent(event.params.id)}/notes/me`,
    body: { text: textField(form, 'text'), ...(version !== '' && { version: Number(version) }) },
    values,
  });
}

export async function ask(event: LessonEvent) {
  viewerOf(event);
  const form = await event.request.formData();
  const values = typedFields(form, ['title', 'body']);
  if (!values['title']?.trim()) return refuse(event.locals.requestId, 'ask', ['title'], values, 'text_missing');
  return runForm(event.locals, {
    form: 'ask',
    method: 'POST',
    path: `/v1/lessons/${encodeURIComponent(event.params.id)}/questions`,
    body: values,
    values,
    ...keyOf(form),
  });
}

export async function answer(event: LessonEvent) {
  viewerOf(event);
  const form = await event.request.formData();
  const id = textField(form, 'questionId');
  const name = `answer-${id}`;
  const values = typedFields(form, ['body']);
  if (!values['body']?.trim()) return refuse(event.locals.requestId, name, ['body'], values, 'text_missing');
  const path = `/v1/questions/${encodeURIComponent(id)}/answers`;
  return runForm(event.locals, { form: name, method: 'POST', path, body: values, values, ...keyOf(form) });
}

/** Marks an answer as the one that helps. */
export const accept = (event: LessonEvent) => setAccepted(event, 'POST');
export const takeAcceptBack = (event: LessonEvent) => setAccepted(event, 'DELETE');

async function setAccepted(event: LessonEvent, method: 'POST' | 'DELETE') {
  viewerOf(event);
  const id = textField(await event.request.formData(), 'answerId');
  return runForm(event.locals, { form: `accept-${id}`, method, path: `${answerPath(id)}/accept` });
}

export async function deleteAnswer(event: LessonEvent) {
  viewerOf(event);
  const id = textField(await event.request.formData(), 'answerId');
  return runForm(event.locals, { form: `delete-${id}`, method: 'DELETE', path: answerPath(id) });
}

const answerPath = (id: string): string => `/v1/answers/${encodeURIComponent(id)}`;

export async function deleteQuestion(event: LessonEvent) {
  viewerOf(event);
  const id = textField(await event.request.formData(), 'questionId');
  const path = `/v1/questions/${encodeURIComponent(id)}`;
  return runForm(event.locals, { form: `delete-${id}`, method: 'DELETE', path });
}

/** A form that is sent twice (a reload, a double click) asks or answers once. */
const keyOf = (form: FormData): { idempotencyKey?: string } => {
  const key = textField(form, 'key');
  return key ? { idempotencyKey: key } : {};
};
