import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Money } from '@eduplatform/contracts/primitives';
import type { CourseRevision, RevisionLesson } from '@eduplatform/contracts/revision';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { transaction, type Queryable, type Tx } from '@eduplatform/db/transaction';

const PUBLISHED_AT = '2026-01-01T00:00:00.000Z';

export interface TestCourse {
  id: string;
  slug: string;
  ownerId: string;
  revision: number;
  content: CourseRevision;
}

export const testLesson = (title: string, changes: Partial<RevisionLesson> = {}): RevisionLesson => ({
  id: randomUUID(),
  title,
  bodyMd: `About ${title}`,
  html: `<p>About ${title}</p>`,
  headings: [{ level: 2, text: title, anchor: 'about' }],
  sections: [{ heading: title, anchor: 'about', text: `About ${title}` }],
  isFreePreview: false,
  durationMinutes: 10,
  hasVideo: false,
  updatedAt: PUBLISHED_AT,
  ...changes,
});

export const testContent = (
  lessons: RevisionLesson[],
  { price = null, title = 'A course' }: { price?: Money | null; title?: string } = {},
): CourseRevision => ({
  title,
  subtitle: 'What it promises',
  descriptionMd: 'Text',
  descriptionHtml: '<p>Text</p>',
  descriptionText: 'Text',
  language: 'en',
  level: 'beginner',
  category: 'programming',
  price,
  outcomes: ['Do it'],
  modules: [{ id: randomUUID(), title: 'The module', lessons }],
});

/** A teacher and a category; returns the teacher's id. */
export async function insertTeacher(pool: Queryable, name = 'Ada'): Promise<string> {
  await pool.query(
    `insert into categories (slug, name_en, name_ru, hue, motif)
     values ('programming', 'Programming', 'Программирование', 200, 'grid'), ('cooking', 'Cooking', 'Кухня', 40, 'waves')
     on conflict do nothing`,
  );
  const { rows } = await pool.query<{ id: string }>(
    `insert into users (email, password_hash, name, bio, role) values ($1, 'none', $2, 'Bio', 'teacher') returning id`,
    [`${randomUUID()}@example.com`, name],
  );
  return rows[0]?.id ?? '';
}

const inTransaction = <T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> => transaction(pool, work);

/** A course that is live with revision 1, and its event. */
export async function publishNew(
  pool: pg.Pool,
  ownerId: string,
  content: CourseRevision,
  traceParent: string | null = null,
  id: string = randomUUID(),
): Promise<TestCourse> {
  const slug = `course-${id}`;
  await inTransaction(pool, async (tx) => {
    await tx.query(
      `insert into courses (id, owner_id, slug, title, category_slug, first_published_at, published_at)
       values ($1, $2, $3, $4, $5, $6, $6)`,
      [id, ownerId, slug, content.title, content.category, PUBLISHED_AT],
    );
    await storeRevision(tx, id, 1, ownerId, content);
    await appendToOutbox(tx, [published(id, 1, null)], traceParent);
  });
  return { id, slug, ownerId, revision: 1, content };
}

/** Publishes the next revision of a course; answers its new state and the position of its event. */
export function publishAgain(
  pool: pg.Pool,
  course: TestCourse,
  content: CourseRevision,
  traceParent: string | null = null,
): Promise<{ course: TestCourse; position: string }> {
  const revision = course.revision + 1;
  return inTransaction(pool, async (tx) => {
    await storeRevision(tx, course.id, revision, course.ownerId, content);
    const position = await appendToOutbox(tx, [published(course.id, revision, course.revision)], traceParent);
    return { course: { ...course, revision, content }, position };
  });
}

export function unpublish(pool: pg.Pool, course: TestCourse): Promise<string> {
  return inTransaction(pool, async (tx) => {
    await tx.query('update courses set live_revision = null where id = $1', [course.id]);
    await tx.query('delete from live_lessons where course_id = $1', [course.id]);
    const payload = { courseId: course.id, revision: course.revision };
    return appendToOutbox(tx, [{ ...about(course.id), type: 'course.unpublished', payload }], null);
  });
}

export function deleteCourse(pool: pg.Pool, course: TestCourse): Promise<string> {
  return inTransaction(pool, async (tx) => {
    await tx.query('update courses set live_revision = null where id = $1', [course.id]);
    await tx.query('delete from courses where id = $1', [course.id]);
    const lessonIds = course.content.modules.flatMap(({ lessons }) => lessons.map(({ id }) => id));
    const payload = { courseId: course.id, ownerId: course.ownerId, lessonIds, slug: course.slug };
    return appendToOutbox(tx, [{ ...about(course.id), type: 'course.deleted', payload }], null);
  });
}

/** The same content with one lesson renamed. */
export const renameLesson = (content: CourseRevision, id: string, title: string): CourseRevision => ({
  ...content,
  modules: content.modules.map((module) => ({
    ...module,
    lessons: module.lessons.map((lesson) => (lesson.id === id ? { ...lesson, title } : lesson)),
  })),
});

export const published = (courseId: string, revision: number, previousRevision: number | null) => ({
  ...about(courseId),
  type: 'course.published' as const,
  payload: { courseId, revision, previousRevision },
});

const about = (id: string) => ({ aggregateType: 'course' as const, aggregateId: id, aggregateVersion: 1 });

export async function storeRevision(
  tx: Tx,
  id: string,
  revision: number,
  ownerId: string,
  content: CourseRevision,
): Promise<void> {
  await tx.query(
    `insert into course_revisions (course_id, revision, content, published_by, published_at)
     values ($1, $2, $3, $4, $5::timestamptz + make_interval(days => $2))`,
    [id, revision, JSON.stringify(content), ownerId, PUBLISHED_AT],
  );
  await tx.query('update courses set live_revision = $2 where id = $1', [id, revision]);
  await tx.query('delete from live_lessons where course_id = $1', [id]);
  await tx.query(`insert into live_lessons (lesson_id, course_id) select unnest($1::uuid[]), $2`, [
    content.modules.flatMap(({ lessons }) => lessons.map((lesson) => lesson.id)),
    id,
  ]);
}
