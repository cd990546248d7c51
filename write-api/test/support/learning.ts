import type { Money } from '@eduplatform/contracts/primitives';
import type { Answer, Harness, Person } from '../harness.ts';

export interface PublishedCourse {
  id: string;
  slug: string;
  moduleId: string;
  lessonIds: string[];
  teacher: Person;
}

interface CourseWishes {
  title?: string;
  lessons?: number;
  price?: Money | null;
  /** Lessons, by their place, that anybody may open. */
  previews?: number[];
}

async function ok(answer: ReturnType<Harness['send']>) {
  const { status, body, text } = await answer;
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body;
}

/** The draft's version: what the next command on it has to name. */
export async function versionOf({ pool }: Harness, courseId: string): Promise<number> {
  const { rows } = await pool.query<{ version: number }>('select version from courses where id = $1', [courseId]);
  return rows[0]?.version ?? 0;
}

export async function addLesson(harness: Harness, course: PublishedCourse, isFreePreview = false): Promise<string> {
  const version = await versionOf(harness, course.id);
  const body = { title: `Lesson ${version}`, bodyMd: 'A secret.', isFreePreview };
  const lesson = await ok(
    harness.send('POST', `/v1/modules/${course.moduleId}/lessons`, { as: course.teacher, version, body }),
  );
  return String(lesson.id);
}

export async function removeLesson(harness: Harness, { id, teacher }: PublishedCourse, lessonId: string) {
  const version = await versionOf(harness, id);
  await ok(harness.send('DELETE', `/v1/lessons/${lessonId}`, { as: teacher, version }));
}

export async function publish(harness: Harness, { id, teacher }: Pick<PublishedCourse, 'id' | 'teacher'>) {
  const version = await versionOf(harness, id);
  return ok(harness.send('POST', `/v1/courses/${id}/publish`, { as: teacher, version }));
}

/** A published course of the teacher; free, with three lessons, unless told. */
export async function publishCourse(
  harness: Harness,
  teacher: Person,
  { title = 'Bread at home', lessons = 3, price = null, previews = [] }: CourseWishes = {},
): Promise<PublishedCourse> {
  const { send } = harness;
  const body = { title, category: 'cooking', descriptionMd: 'Bake.', price };
  const { courseId } = await ok(send('POST', '/v1/courses', { as: teacher, body }));
  const id = String(courseId);
  const module = await ok(
    send('POST', `/v1/courses/${id}/modules`, { as: teacher, version: 1, body: { title: 'Dough' } }),
  );
  const course: PublishedCourse = { id, slug: '', moduleId: String(module.id), lessonIds: [], teacher };
  for (let place = 0; place < lessons; place += 1) {
    course.lessonIds.push(await addLesson(harness, course, previews.includes(place)));
  }
  const published = await publish(harness, course);
  return { ...course, slug: String(published.slug) };
}

/** Enrolls somebody, whatever the course costs. */
export async function enrollIn({ pool }: Harness, { id }: Person, courseId: string): Promise<void> {
  await pool.query('insert into enrollments (user_id, course_id) values ($1, $2)', [id, courseId]);
}

/** Sends again what a busy server could not take, as a client does that is told to: a crowd waits for few connections. */
export async function insist(send: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await send();
    if (answer.status !== 503) return answer;
  }
}

export interface TestNotification {
  id: string;
  type: string;
  params: Record<string, string>;
}

/** What somebody was told, by type. */
export async function notificationsOf({ pool }: Harness, { id }: Person): Promise<TestNotification[]> {
  const { rows } = await pool.query<TestNotification>(
    'select id, type, params from notifications where user_id = $1 order by type, id',
    [id],
  );
  return rows;
}
