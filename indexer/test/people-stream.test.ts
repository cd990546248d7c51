import type pg from 'pg';
import { beforeEach, expect, test, vi } from 'vitest';
import { catalogList } from '@eduplatform/contracts/catalog';
import type { CategoryList, Course } from '@eduplatform/contracts/documents';
import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { StoredLearning } from '@eduplatform/contracts/learning';
import type { TeacherProfile } from '@eduplatform/contracts/people';
import type { Question } from '@eduplatform/contracts/questions';
import type { OwnReview, RatingSummary } from '@eduplatform/contracts/reviews';
import { idOfMember, lists } from '@eduplatform/contracts/redis-keys';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { transaction, type Tx } from '@eduplatform/db/transaction';
import { createBench, documentKeys, startRedisIndexer } from './support/bench.ts';
import { insertTeacher, publishNew, testContent, testLesson, type TestCourse } from './support/courses.ts';
import { event } from './support/school/school.ts';

const WAIT = { timeout: 15_000, interval: 10 };
let bench: Awaited<ReturnType<typeof createBench>>;
let teacher: string;
let student: string;
let course: TestCourse;

/** What happens in one transaction, until readers find it. */
async function change(work: (tx: Tx) => Promise<unknown>, ...events: OutboxEvent[]): Promise<void> {
  const position = await transaction(bench.pool, async (tx) => {
    await work(tx);
    return appendToOutbox(tx, events, null);
  });
  await vi.waitFor(async () => expect(await bench.model.hasPassed(position)).toBe(true), WAIT);
}

async function insertStudent(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into users (email, password_hash, name) values ('sam@example.com', 'secret', 'Sam') returning id`,
  );
  return rows[0]?.id ?? '';
}

const enrollment = () => event('enrollment.changed', { userId: student, courseId: course.id });
const enroll = () =>
  change(
    (tx) => tx.query('insert into enrollments (user_id, course_id) values ($1, $2)', [student, course.id]),
    enrollment(),
  );
const idsIn = async (list: string) => (await bench.model.list(list)).map(idOfMember);

beforeEach(async () => {
  bench = await createBench();
  teacher = await insertTeacher(bench.pool);
  student = await insertStudent(bench.pool);
  course = await publishNew(bench.pool, teacher, testContent([testLesson('One'), testLesson('Two')]));
  startRedisIndexer(bench.config);
  await vi.waitFor(async () => expect(await bench.model.isReady()).toBe(true), WAIT);
});

test('an enrollment shows among one’s own courses, on the course and at its teacher; a refund takes it back', async () => {
  const { model } = bench;
  await enroll();
  const learning = await model.body<StoredLearning>(documentKeys.learning(student, course.id));
  expect(learning).toMatchObject({ courseTitle: 'A course', done: [], positions: {}, completion: null });
  expect([await idsIn(lists.enrollments(student)), await idsIn(lists.learning(student))]).toEqual([
    [course.id],
    [course.id],
  ]);
  expect(await model.body(documentKeys.stats(course.id))).toEqual({ courseId: course.id, count: 1 });
  expect((await model.body<Course>(documentKeys.course(course.id)))?.studentCount).toBe(1);
  expect((await model.body<TeacherProfile>(documentKeys.teacher(teacher)))?.studentCount).toBe(1);
  expect((await model.list(catalogList('all', 'popular')))[0]).toMatch(/^0{14}1/);

  await change((tx) => tx.query('update enrollments set revoked_at = now()'), enrollment());
  expect(await model.body(documentKeys.learning(student, course.id))).toBeNull();
  expect(await idsIn(lists.learning(student))).toEqual([]);
  expect(await model.body(documentKeys.stats(course.id))).toEqual({ courseId: course.id, count: 0 });
});

test('an enrollment writes the course’s card and page, and none of its lessons', async () => {
  const before = await bench.model.documents();
  await enroll();
  const after = await bench.model.documents();
  const changed = [...after].filter(([key, version]) => before.get(key) !== version).map(([key]) => key);
  const { course: page, learning, stats, teacher: profile } = documentKeys;
  // The card itself is the same; it is written for its place among the popular ones.
  expect(changed.toSorted()).toEqual(
    [
      documentKeys.card(course.id),
      page(course.id),
      learning(student, course.id),
      stats(course.id),
      profile(teacher),
    ].toSorted(),
  );
});

test('an archived course is read on by those who have it, and stands in no list but its teacher’s own', async () => {
  const { model } = bench;
  const archived = event('course.archive_changed', { courseId: course.id });
  await change((tx) => tx.query('update courses set archived_at = now()'), archived);
  expect(await model.body(documentKeys.course(course.id))).toMatchObject({ isArchived: true });
  expect(await model.body(documentKeys.outline(course.id))).toMatchObject({
    lessons: [{ title: 'One' }, { title: 'Two' }],
  });
  expect([await idsIn(lists.taught(teacher)), await idsIn(lists.offered(teacher))]).toEqual([[course.id], []]);
  expect(await model.list(catalogList('all', 'newest'))).toEqual([]);
  const categories = await model.body<CategoryList>(documentKeys.categories());
  expect(categories?.items.map(({ courseCount }) => courseCount)).toEqual([0, 0]);
  expect(await model.body(documentKeys.teacher(teacher))).toMatchObject({ courseCount: 0 });

  await change((tx) => tx.query('update courses set archived_at = null'), archived);
  expect(await model.list(catalogList('all', 'newest'))).toHaveLength(1);
});

test('a review counts on course, card and teacher until an admin hides it; its author goes on seeing it', async () => {
  const { model, pool } = bench;
  const { rows } = await pool.query<{ id: string }>('select uuidv7() as id');
  const id = rows[0]?.id ?? '';
  const reviewed = event('review.changed', { reviewId: id, courseId: course.id, userId: student });
  await change(
    (tx) =>
      tx.query('insert into reviews (id, course_id, user_id, rating) values ($1, $2, $3, 4)', [id, course.id, student]),
    reviewed,
  );
  const rating = { average: 4, count: 1 };
  expect(await model.body(documentKeys.card(course.id))).toMatchObject({ rating });
  expect(await model.body(documentKeys.teacher(teacher))).toMatchObject({ rating });
  expect(await model.body<RatingSummary>(documentKeys.rating(course.id))).toEqual({
    ...rating,
    histogram: [0, 0, 0, 1, 0],
  });
  expect([await idsIn(lists.reviewsByTime(course.id)), await idsIn(lists.reviewsByRating(course.id))]).toEqual([
    [id],
    [id],
  ]);

  await change((tx) => tx.query(`update reviews set hidden_at = now(), hidden_reason = 'Rude'`), reviewed);
  expect(await model.body(documentKeys.review(id))).toBeNull();
  expect(await idsIn(lists.reviewsByTime(course.id))).toEqual([]);
  expect(await model.body(documentKeys.card(course.id))).toMatchObject({ rating: null });
  const own = await model.body<OwnReview>(documentKeys.ownReview(student, course.id));
  expect(own).toMatchObject({ rating: 4, hiddenReason: 'Rude' });
});

test('whoever deletes the account leaves no name on reviews, questions, certificates, and no page of their own', async () => {
  const { model, pool } = bench;
  const lessonId = course.content.modules[0]?.lessons[0]?.id ?? '';
  await enroll();
  await pool.query(
    `insert into completions (user_id, course_id, revision, certificate_code, student_name, course_title, teacher_name)
     values ($1, $2, 1, 'CODE', 'Sam', 'A course', 'Ada')`,
    [student, course.id],
  );
  const { rows } = await pool.query<{ id: string }>(
    `insert into questions (lesson_id, course_id, user_id, title) values ($1, $2, $3, 'Why?') returning id`,
    [lessonId, course.id, student],
  );
  const questionId = rows[0]?.id ?? '';
  await change(
    (tx) => tx.query(`insert into answers (question_id, user_id, body) values ($1, $2, 'So')`, [questionId, teacher]),
    event('course.completed', { userId: student, courseId: course.id }),
    event('question.changed', { questionId, lessonId }),
  );
  expect(await model.body(documentKeys.certificate('CODE'))).toMatchObject({ studentName: 'Sam' });
  expect(await model.body<Question>(documentKeys.question(questionId))).toMatchObject({
    author: { name: 'Sam', isTeacher: false },
    answers: [{ body: 'So', author: { name: 'Ada', isTeacher: true } }],
  });

  await change(
    async (tx) => {
      await tx.query(`update users set deleted_at = now(), name = 'Deleted user' where id = $1`, [student]);
      await tx.query('update completions set student_name = null');
    },
    event('user.deleted', { userId: student }),
  );
  expect(await model.body(documentKeys.certificate('CODE'))).toBeNull();
  expect(await model.body<Question>(documentKeys.question(questionId))).toMatchObject({
    author: { id: null, name: null },
  });
  expect(await model.body(documentKeys.me(student))).toBeNull();
});
