import { randomUUID } from 'node:crypto';
import type { CourseRevision } from '@eduplatform/contracts/revision';
import type { Tx } from '@eduplatform/db/transaction';
import { storeRevision, testContent, testLesson } from '../courses.ts';
import { event, eventsOf, type Happening, type School } from './school.ts';

function someContent({ random }: School): CourseRevision {
  const price = random.below(2) === 0 ? null : { amount: 100 * (1 + random.below(50)), currency: 'USD' };
  const lessons = Array.from({ length: 1 + random.below(4) }, (_, index) =>
    testLesson(`Lesson ${index}`, { isFreePreview: random.below(3) === 0, durationMinutes: 5 + random.below(30) }),
  );
  const content = testContent(lessons, { price, title: `Course ${random.below(1000)}` });
  return { ...content, category: random.pick(['programming', 'cooking']) ?? '' };
}

const create: Happening = async (school, tx) => {
  const { random, teachers, courses } = school;
  const content = someContent(school);
  const [id, ownerId] = [randomUUID(), random.pick(teachers) ?? ''];
  const slug = `course-${id}`;
  await tx.query(
    `insert into courses (id, owner_id, slug, title, category_slug, first_published_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, ownerId, slug, content.title, content.category, new Date(Date.UTC(2026, 0, 1 + random.below(300)))],
  );
  await storeRevision(tx, id, 1, ownerId, content);
  courses.push({ id, slug, ownerId, revision: 1, content });
  return [event('course.published', { courseId: id, revision: 1, previousRevision: null })];
};

/** The course as it stands, locked. */
async function lock(tx: Tx, courseId: string) {
  const { rows } = await tx.query<{ owner: string; live: number | null; slug: string }>(
    'select owner_id as owner, slug, live_revision as live from courses where id = $1 for update',
    [courseId],
  );
  return rows[0];
}

const publish: Happening = async (school, tx) => {
  const course = school.random.pick(school.courses);
  const found = course && (await lock(tx, course.id));
  if (!course || !found) return [];
  // Half of the lessons stay.
  const next = someContent(school);
  const [module] = course.content.modules;
  const kept = module?.lessons.filter(() => school.random.below(2) === 0) ?? [];
  const modules = next.modules.map((each) => ({ ...each, lessons: [...kept, ...each.lessons] }));
  course.content = { ...next, modules };
  // Not before the lock is held: another publication may just have come first.
  const { rows } = await tx.query<{ latest: number }>(
    'select max(revision) as latest from course_revisions where course_id = $1',
    [course.id],
  );
  course.revision = (rows[0]?.latest ?? 0) + 1;
  await storeRevision(tx, course.id, course.revision, found.owner, course.content);
  const payload = { courseId: course.id, revision: course.revision, previousRevision: found.live };
  return [event('course.published', payload)];
};

const unpublish: Happening = async ({ random, courses }, tx) => {
  const course = random.pick(courses);
  const found = course && (await lock(tx, course.id));
  if (!course || !found?.live || random.below(3) > 0) return [];
  await tx.query('update courses set live_revision = null where id = $1', [course.id]);
  await tx.query('delete from live_lessons where course_id = $1', [course.id]);
  return [event('course.unpublished', { courseId: course.id, revision: found.live })];
};

const archive: Happening = async ({ random, courses }, tx) => {
  const { rows } = await tx.query<{ id: string }>(
    `update courses set archived_at = case when archived_at is null then now() end where id = $1 returning id`,
    [random.pick(courses)?.id],
  );
  return eventsOf(rows, ({ id }) => event('course.archive_changed', { courseId: id }));
};

/** Only without anything that others have in it; what is deleted with it is told. */
const remove: Happening = async ({ random, courses }, tx) => {
  const course = random.pick(courses);
  const found = course && (await lock(tx, course.id));
  if (!course || !found) return [];
  const { rows: used } = await tx.query(
    `select from enrollments where course_id = $1 union all select from payments where course_id = $1
     union all select from reviews where course_id = $1 union all select from notes where course_id = $1
     union all select from questions where course_id = $1 limit 1`,
    [course.id],
  );
  if (used.length > 0) return [];
  const { rows: lessons } = await tx.query<{ id: string }>(
    `select distinct jsonb_array_elements_text(lesson_ids) as id from course_revisions where course_id = $1`,
    [course.id],
  );
  const { rows: favorites } = await tx.query<{ userId: string }>(
    'delete from favorites where course_id = $1 returning user_id as "userId"',
    [course.id],
  );
  await tx.query('update courses set live_revision = null where id = $1', [course.id]);
  await tx.query('delete from courses where id = $1', [course.id]);
  const lessonIds = lessons.map(({ id }) => id);
  return [
    ...eventsOf(favorites, ({ userId }) => event('favorite.changed', { userId, courseId: course.id })),
    event('course.deleted', { courseId: course.id, ownerId: found.owner, lessonIds, slug: found.slug }),
  ];
};

const renameCategory: Happening = async ({ random }, tx) => {
  const slug = random.pick(['programming', 'cooking']) ?? '';
  await tx.query('update categories set name_en = $2 where slug = $1', [slug, `Category ${random.below(1000)}`]);
  return [event('category.changed', { slug })];
};

export const inTheCatalog: Happening[] = [create, create, publish, publish, unpublish, archive, remove, renameCategory];
