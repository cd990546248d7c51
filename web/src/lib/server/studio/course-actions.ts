import type { RequestEvent } from '@sveltejs/kit';
import { courseFields, versionField } from './form-fields.ts';
import { runCommand } from './command.ts';

/** The event of an action under `/studio/courses/[id]`. */
export type CourseEvent = RequestEvent<{ id: string }>;

/** Fields of the course. A browser without scripts sends all of them, the autosave those that changed. */
export async function saveCourse(event: CourseEvent) {
  const form = await formOf(event);
  const body = courseFields(form);
  return runCommand(event.locals, {
    method: 'PATCH',
    path: coursePathOf(event),
    body,
    ifMatch: versionField(form),
    values: body,
    target: 'course',
  });
}

export async function publish(event: CourseEvent) {
  return postCommand(event, 'publish');
}

export async function unpublish(event: CourseEvent) {
  return postCommand(event, 'unpublish');
}

export async function archive(event: CourseEvent) {
  return postCommand(event, 'archive');
}

export async function unarchive(event: CourseEvent) {
  return postCommand(event, 'unarchive');
}

export async function deleteCourse(event: CourseEvent) {
  const form = await formOf(event);
  return runCommand(event.locals, { method: 'DELETE', path: coursePathOf(event), ifMatch: versionField(form) });
}

async function postCommand(event: CourseEvent, name: 'publish' | 'unpublish' | 'archive' | 'unarchive') {
  const form = await formOf(event);
  const path = `${coursePathOf(event)}/${name}`;
  return runCommand(event.locals, { method: 'POST', path, ifMatch: versionField(form) });
}

/** The form of an action. The write API checks who sent it. */
export function formOf(event: CourseEvent): Promise<FormData> {
  return event.request.formData();
}

export const coursePathOf = ({ params }: CourseEvent): string => `/v1/courses/${encodeURIComponent(params.id)}`;
