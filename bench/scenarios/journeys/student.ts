import { sleep } from 'k6';
import { command, positionOf, read } from '../lib/api.ts';
import { anyCourse, anyStudent } from '../lib/world.ts';

/** Catalog → course → curriculum → lesson → done, with the pauses of a reader. @param pause seconds between pages */
export function student(pause = 0): void {
  const token = anyStudent();
  const { id, slug, lessonIds, isFree } = anyCourse();
  const lessonId = lessonIds[Math.floor(Math.random() * lessonIds.length)] ?? '';
  read('/v1/courses?limit=20&sort=popular', { name: 'catalog', token });
  sleep(pause);
  read(`/v1/courses/${slug}`, { name: 'course', token });
  sleep(pause);
  read(`/v1/courses/${slug}/curriculum`, { name: 'curriculum', token });
  if (isFree) {
    // Who has been here before is enrolled.
    command('POST', '/v1/enrollments', { name: 'enroll', token, body: { courseId: id }, expected: [201, 409] });
  }
  sleep(pause);
  read(`/v1/lessons/${lessonId}`, { name: 'lesson', token });
  if (!isFree) return;
  sleep(pause);
  const done = command('POST', `/v1/progress/lessons/${lessonId}/complete`, { name: 'complete', token });
  read(`/v1/progress/courses/${id}`, { name: 'progress', token, after: positionOf(done) });
}
