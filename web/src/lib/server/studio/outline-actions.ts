import { fail } from '@sveltejs/kit';
import type { OutlineBody, StudioCourse } from '@eduplatform/contracts/http/studio';
import { moveLesson, moveModule, toOutline } from '../../studio/outline.ts';
import { coursePathOf, formOf, type CourseEvent } from './course-actions.ts';
import { runCommand } from './command.ts';
import { lastText, versionField } from './form-fields.ts';

export async function addModule(event: CourseEvent) {
  const form = await formOf(event);
  return runCommand(event.locals, {
    method: 'POST',
    path: `${coursePathOf(event)}/modules`,
    body: { title: lastText(form, 'title') ?? '' },
    ...creation(form),
  });
}

export async function renameModule(event: CourseEvent) {
  const form = await formOf(event);
  return runCommand(event.locals, {
    method: 'PATCH',
    path: `/v1/modules/${idField(form, 'moduleId')}`,
    body: { title: lastText(form, 'title') ?? '' },
    ifMatch: versionField(form),
  });
}

export async function deleteModule(event: CourseEvent) {
  const form = await formOf(event);
  const path = `/v1/modules/${idField(form, 'moduleId')}`;
  return runCommand(event.locals, { method: 'DELETE', path, ifMatch: versionField(form) });
}

export async function addLesson(event: CourseEvent) {
  const form = await formOf(event);
  return runCommand(event.locals, {
    method: 'POST',
    path: `/v1/modules/${idField(form, 'moduleId')}/lessons`,
    body: { title: lastText(form, 'title') ?? '' },
    ...creation(form),
  });
}

export async function deleteLesson(event: CourseEvent) {
  const form = await formOf(event);
  const path = `/v1/lessons/${idField(form, 'lessonId')}`;
  return runCommand(event.locals, { method: 'DELETE', path, ifMatch: versionField(form) });
}

/** The whole order at once, as dragging leaves it. */
export async function arrange(event: CourseEvent) {
  const form = await formOf(event);
  const outline = outlineOf(lastText(form, 'outline') ?? '');
  if (!outline) return fail(400, { code: 'invalid_request', requestId: event.locals.requestId, errors: [] });
  return putOutline(event, outline, versionField(form));
}

/** One place up or down, from a button: the order is worked out here, so that it needs no script. */
export async function move(event: CourseEvent) {
  const form = await formOf(event);
  const step = lastText(form, 'step') === '-1' ? -1 : 1;
  const { data } = await event.locals.api.write<StudioCourse>('GET', `/v1/studio/courses/${event.params.id}`);
  const lessonId = lastText(form, 'lessonId');
  const modules = lessonId
    ? moveLesson(data.modules, lessonId, step)
    : moveModule(data.modules, lastText(form, 'moduleId') ?? '', step);
  return putOutline(event, toOutline(modules), versionField(form));
}

const putOutline = (event: CourseEvent, body: OutlineBody, ifMatch: number) =>
  runCommand(event.locals, { method: 'PUT', path: `${coursePathOf(event)}/outline`, body, ifMatch });

function creation(form: FormData) {
  const key = lastText(form, 'creationKey');
  return { ifMatch: versionField(form), ...(key && { idempotencyKey: key }) };
}

const idField = (form: FormData, name: string): string => encodeURIComponent(lastText(form, name) ?? '');

/** The write API checks what is in it; here only that it is an object at all. */
function outlineOf(text: string): OutlineBody | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as OutlineBody) : null;
  } catch {
    return null;
  }
}
