import { sleep } from 'k6';
import { command, jsonOf, positionOf, read } from '../lib/api.ts';
import { editor, ownCourse } from '../lib/world.ts';

/** The draft's version, which every command wants to know; of the one course that this virtual user edits. */
let version: number | null = null;

/** Edits a lesson, publishes the course, and reads it as readers do. @param pause seconds in between */
export function teacher(pause = 0): void {
  const { id, lessonIds, version: first } = ownCourse();
  const title = `A lesson that was edited at ${Date.now()}`;
  const edited = command('PATCH', `/v1/lessons/${lessonIds[0]}`, {
    ...{ name: 'edit', token: editor, ifMatch: version ?? first, body: { title } },
  });
  version = jsonOf<{ version: number }>(edited).version;
  sleep(pause);
  const published = command('POST', `/v1/courses/${id}/publish`, { name: 'publish', token: editor, ifMatch: version });
  version = jsonOf<{ version: number }>(published).version;
  read(`/v1/courses/${id}`, { name: 'own course', token: editor, after: positionOf(published) });
  sleep(pause);
  read('/v1/courses/my', { name: 'own courses', token: editor });
}
