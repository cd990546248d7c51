import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '@eduplatform/observability/logger';
import { checkCompletions } from '../completions/worker.ts';
import { tellMoreStudents } from '../enrollments/course-news.ts';
import { startHarness, type Harness, type Person } from './harness.ts';
import {
  addLesson,
  enrollIn,
  notificationsOf,
  publish,
  publishCourse,
  removeLesson,
  versionOf,
  type PublishedCourse,
} from './support/learning.ts';

let harness: Harness;
let teacher: Person;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher', 'Ingrid Halvorsen');
});
afterAll(() => harness.stop());

const HOW_MANY = process.env.EDU_TEST_SCALE === 'long' ? 10_000 : 500;

const check = (batchSize = 2) =>
  checkCompletions({
    pool: harness.pool,
    notifier: { wake: () => {} },
    logger: createLogger('completions-test', 'silent'),
    batchSize,
  });
const mark = (as: Person, lessonId: string | undefined) =>
  harness.send('POST', `/v1/progress/lessons/${lessonId}/complete`, { as });
const checks = async () => (await harness.pool.query('select course_id from completion_checks')).rows;

async function studentsOf(course: PublishedCourse, count: number): Promise<Person[]> {
  const students = await Promise.all(Array.from({ length: count }, () => harness.person('student')));
  for (const student of students) await enrollIn(harness, student, course.id);
  return students;
}

async function completedBy(course: PublishedCourse): Promise<string[]> {
  const { rows } = await harness.pool.query<{ user_id: string }>(
    'select user_id from completions where course_id = $1 order by user_id',
    [course.id],
  );
  return rows.map(({ user_id }) => user_id);
}

describe('a publication without some of the lessons', () => {
  it('completes the course, once, for everybody who has done what is left', async () => {
    const course = await publishCourse(harness, teacher, { lessons: 3 });
    const [first, second, third] = course.lessonIds;
    const students = await studentsOf(course, 7);
    for (const student of students) await mark(student, first);
    for (const student of students.slice(0, 5)) await mark(student, second);
    const revoked = students[4];
    await harness.pool.query('update enrollments set revoked_at = now() where user_id = $1', [revoked?.id]);
    await removeLesson(harness, course, String(third));
    await publish(harness, course);
    expect(await checks()).toEqual([{ course_id: course.id }]);
    expect(await completedBy(course)).toEqual([]);

    await Promise.all([check(), check(), check()]);
    const done = students.slice(0, 4).map(({ id }) => id);
    expect(await completedBy(course)).toEqual(done.toSorted());
    expect(await checks()).toEqual([]);
    for (const student of students.slice(0, 4)) {
      expect((await notificationsOf(harness, student)).map(({ type }) => type)).toEqual(['completed']);
    }
    const events = (await harness.outbox()).filter(({ type }) => type === 'course.completed');
    expect(events.map(({ payload }) => payload.userId).toSorted()).toEqual(done.toSorted());
    await check();
    expect(await completedBy(course)).toHaveLength(4);
  });

  it('completes nothing when lessons came too that are not done', async () => {
    const course = await publishCourse(harness, teacher, { lessons: 2 });
    const [student] = await studentsOf(course, 1);
    if (!student) throw new Error('nobody enrolled');
    await mark(student, course.lessonIds[0]);
    await removeLesson(harness, course, String(course.lessonIds[1]));
    const added = await addLesson(harness, course);
    await publish(harness, course);
    await check();
    expect(await completedBy(course)).toEqual([]);
    expect((await mark(student, added)).body).toMatchObject({ percent: 100, certificateCode: expect.any(String) });
  });

  it('loses nobody who marks their last lesson at the same moment', async () => {
    const course = await publishCourse(harness, teacher, { lessons: 3 });
    const students = await studentsOf(course, 8);
    for (const student of students) await mark(student, course.lessonIds[0]);
    await removeLesson(harness, course, String(course.lessonIds[2]));
    const marks = students.map((student) => mark(student, course.lessonIds[1]));
    await Promise.all([...marks, publish(harness, course).then(() => check())]);
    await check();
    expect(await completedBy(course)).toEqual(students.map(({ id }) => id).toSorted());
  });

  it('is forgotten when the course is not published any more', async () => {
    const course = await publishCourse(harness, teacher, { lessons: 1 });
    await harness.pool.query('insert into completion_checks (course_id) values ($1)', [course.id]);
    await harness.pool.query('update courses set live_revision = null where id = $1', [course.id]);
    await check();
    expect(await checks()).toEqual([]);
  });

  it('is asked for again when the course is published again', async () => {
    const course = await publishCourse(harness, teacher, { lessons: 2 });
    const [student] = await studentsOf(course, 1);
    if (student) await mark(student, course.lessonIds[0]);
    await removeLesson(harness, course, String(course.lessonIds[1]));
    await publish(harness, course);
    const version = await versionOf(harness, course.id);
    const hidden = await harness.send('POST', `/v1/courses/${course.id}/unpublish`, { as: teacher, version });
    expect(hidden.status).toBe(200);
    await check();
    expect(await checks()).toEqual([]);
    await publish(harness, course);
    await check();
    expect(await completedBy(course)).toEqual([student?.id]);
  });
});

describe('a publication with new lessons', () => {
  it('tells everybody who is enrolled, and nobody else', async () => {
    const course = await publishCourse(harness, teacher, { title: 'Growing', lessons: 1 });
    const [student, former] = await studentsOf(course, 2);
    if (!student || !former) throw new Error('nobody enrolled');
    await harness.pool.query('update enrollments set revoked_at = now() where user_id = $1', [former.id]);
    await harness.pool.query(
      `insert into users (email, password_hash, name) select 'many-' || n || '@example.com', '!', 'N'
       from generate_series(1, $1) n`,
      [HOW_MANY],
    );
    await harness.pool.query(
      `insert into enrollments (user_id, course_id) select id, $1 from users where email like 'many-%'`,
      [course.id],
    );
    await addLesson(harness, course);
    await addLesson(harness, course);
    await publish(harness, course);
    const toldSoFar = async () => {
      const { rows } = await harness.pool.query<{ count: number }>(
        `select count(*) from notifications where type = 'course_updated' and params ->> 'courseTitle' = 'Growing'`,
      );
      return rows[0]?.count ?? 0;
    };
    // A publication holds the course, and the outbox: it never waits for all of many.
    expect(await toldSoFar()).toBe(400);
    while (await tellMoreStudents(harness.pool, new Date()));
    expect(await toldSoFar()).toBe(HOW_MANY + 1);
    expect(await notificationsOf(harness, student)).toMatchObject([
      {
        type: 'course_updated',
        params: { courseTitle: 'Growing', count: '2', slug: course.slug, link: `/courses/${course.slug}` },
      },
    ]);
    expect(await notificationsOf(harness, former)).toEqual([]);
    const told = (await harness.outbox()).flatMap(({ type, payload }) =>
      type === 'notifications.changed' ? (payload.ids as string[]) : [],
    );
    expect(told.length).toBeGreaterThan(HOW_MANY);
  });

  it('that only changes what is there tells nobody', async () => {
    const course = await publishCourse(harness, teacher, { lessons: 1 });
    const [student] = await studentsOf(course, 1);
    if (!student) throw new Error('nobody enrolled');
    const { rows } = await harness.pool.query('select version from courses where id = $1', [course.id]);
    const body = { title: 'Renamed' };
    await harness.send('PATCH', `/v1/courses/${course.id}`, { as: teacher, version: rows[0].version, body });
    await publish(harness, course);
    expect(await notificationsOf(harness, student)).toEqual([]);
  });
});
