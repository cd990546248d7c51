import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Harness, type Person } from './harness.ts';
import {
  addLesson,
  enrollIn,
  insist,
  notificationsOf,
  publish,
  publishCourse,
  type PublishedCourse,
} from './support/learning.ts';

let harness: Harness;
let teacher: Person;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher', 'Ingrid Halvorsen');
});
afterAll(() => harness.stop());

const HORIZON = /-0{19}$/;
/** Marks at the same moment. */
const CROWD = process.env.EDU_TEST_SCALE === 'long' ? 200 : 50;

const mark = (as: Person, lessonId: string | undefined, method: 'POST' | 'DELETE' = 'POST') =>
  harness.send(method, `/v1/progress/lessons/${lessonId}/complete`, { as });
const move = (as: Person, lessonId: string | undefined, seconds: number) =>
  harness.send('PUT', `/v1/progress/lessons/${lessonId}/position`, { as, body: { seconds } });

async function studentOf(course: PublishedCourse, name = 'Sam Rivera'): Promise<Person> {
  const student = await harness.person('student', name);
  await enrollIn(harness, student, course.id);
  return student;
}

async function completionsOf({ id }: Person) {
  const { rows } = await harness.pool.query('select * from completions where user_id = $1', [id]);
  return rows;
}

async function eventsOf({ id }: Person): Promise<string[]> {
  return (await harness.outbox()).filter(({ payload }) => payload.userId === id).map(({ type }) => type);
}

describe('marking a lesson', () => {
  it('counts it, moves the last activity and tells the outbox', async () => {
    const course = await publishCourse(harness, teacher);
    const student = await studentOf(course);
    await harness.pool.query(`update enrollments set last_activity_at = '2020-01-01' where user_id = $1`, [student.id]);
    const answer = await mark(student, course.lessonIds[1]);
    expect(answer).toMatchObject({
      status: 200,
      body: { percent: 33, doneCount: 1, lessonCount: 3, certificateCode: null },
    });
    expect(await eventsOf(student)).toEqual(['progress.changed']);
    const { rows } = await harness.pool.query('select last_activity_at from enrollments where user_id = $1', [
      student.id,
    ]);
    expect(rows[0].last_activity_at.getFullYear()).toBeGreaterThan(2020);
  });

  it('twice changes nothing the second time', async () => {
    const course = await publishCourse(harness, teacher);
    const student = await studentOf(course);
    const first = await mark(student, course.lessonIds[0]);
    const second = await mark(student, course.lessonIds[0]);
    expect(second.body).toEqual(first.body);
    expect(second.headers['x-outbox-position']).toMatch(HORIZON);
    expect(await eventsOf(student)).toHaveLength(1);
  });

  it('can be taken back', async () => {
    const course = await publishCourse(harness, teacher);
    const student = await studentOf(course);
    await mark(student, course.lessonIds[0]);
    expect((await mark(student, course.lessonIds[0], 'DELETE')).body).toMatchObject({ percent: 0, doneCount: 0 });
    expect((await mark(student, course.lessonIds[0], 'DELETE')).headers['x-outbox-position']).toMatch(HORIZON);
  });

  it('needs an active enrollment, also of teachers and admins', async () => {
    const course = await publishCourse(harness, teacher);
    const student = await studentOf(course);
    await harness.pool.query('update enrollments set revoked_at = now() where user_id = $1', [student.id]);
    for (const stranger of [student, teacher, await harness.person('admin')]) {
      expect((await mark(stranger, course.lessonIds[0])).body).toMatchObject({ status: 403, code: 'not_enrolled' });
    }
  });

  it('needs a lesson that is live', async () => {
    const course = await publishCourse(harness, teacher);
    const student = await studentOf(course);
    const unpublished = await addLesson(harness, course);
    for (const lessonId of [unpublished, course.id]) {
      expect((await mark(student, lessonId)).body).toMatchObject({ status: 404, code: 'lesson_not_found' });
      expect((await move(student, lessonId, 1)).body).toMatchObject({ status: 404, code: 'lesson_not_found' });
    }
  });

  it('goes on in an archived course', async () => {
    const course = await publishCourse(harness, teacher);
    const student = await studentOf(course);
    await harness.pool.query('update courses set archived_at = now() where id = $1', [course.id]);
    expect((await mark(student, course.lessonIds[0])).status).toBe(200);
  });
});

describe('completing a course', () => {
  it('happens with its last lesson, with a certificate of names as they are now', async () => {
    const course = await publishCourse(harness, teacher, { title: 'Short bread', lessons: 2 });
    const student = await studentOf(course);
    await mark(student, course.lessonIds[1]);
    const { body } = await mark(student, course.lessonIds[0]);
    expect(body).toMatchObject({ percent: 100, certificateCode: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{16}$/) });
    expect(await completionsOf(student)).toMatchObject([
      {
        course_id: course.id,
        revision: 1,
        certificate_code: body.certificateCode,
        student_name: 'Sam Rivera',
        course_title: 'Short bread',
        teacher_name: 'Ingrid Halvorsen',
      },
    ]);
    expect(await eventsOf(student)).toEqual(['progress.changed', 'progress.changed', 'course.completed']);
    expect(await notificationsOf(harness, student)).toMatchObject([
      { type: 'completed', params: { courseTitle: 'Short bread', link: `/certificates/${body.certificateCode}` } },
    ]);
  });

  it('is not undone by taking a mark back, by new lessons or by the end of the enrollment', async () => {
    const course = await publishCourse(harness, teacher, { lessons: 1 });
    const student = await studentOf(course);
    const { certificateCode } = (await mark(student, course.lessonIds[0])).body;
    expect((await mark(student, course.lessonIds[0], 'DELETE')).body).toMatchObject({ percent: 0, certificateCode });
    const added = await addLesson(harness, course);
    await publish(harness, course);
    await mark(student, course.lessonIds[0]);
    expect((await mark(student, added)).body).toMatchObject({ percent: 100, certificateCode });
    await harness.pool.query('update enrollments set revoked_at = now() where user_id = $1', [student.id]);
    expect(await completionsOf(student)).toMatchObject([{ certificate_code: certificateCode, revision: 1 }]);
    expect((await eventsOf(student)).filter((type) => type === 'course.completed')).toHaveLength(1);
  });

  it('happens once, however many marks of the last lessons arrive at the same moment', async () => {
    const course = await publishCourse(harness, teacher, { lessons: 5 });
    const student = await studentOf(course);
    const answers = await Promise.all(
      Array.from({ length: CROWD }, (_, n) =>
        insist(() => mark(student, course.lessonIds[n % course.lessonIds.length])),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const completions = await completionsOf(student);
    expect(completions).toHaveLength(1);
    const codes = answers.map(({ body }) => body.certificateCode).filter((code) => code !== null);
    expect(new Set(codes)).toEqual(new Set([completions[0].certificate_code]));
    const events = await eventsOf(student);
    expect(events.filter((type) => type === 'course.completed')).toHaveLength(1);
    expect(events.filter((type) => type === 'progress.changed')).toHaveLength(course.lessonIds.length);
    expect(await notificationsOf(harness, student)).toHaveLength(1);
  });
});

describe('the place in a video', () => {
  it('is kept beside the mark, and keeping the same place again changes nothing', async () => {
    const course = await publishCourse(harness, teacher, { lessons: 2 });
    const student = await studentOf(course);
    const [lessonId] = course.lessonIds;
    expect((await move(student, lessonId, 95)).body).toEqual({ courseId: course.id, lessonId, seconds: 95 });
    expect((await move(student, lessonId, 95)).headers['x-outbox-position']).toMatch(HORIZON);
    await mark(student, lessonId);
    const { rows } = await harness.pool.query('select * from lesson_progress where user_id = $1', [student.id]);
    expect(rows).toMatchObject([{ position_seconds: 95, completed_at: expect.any(Date) }]);
    expect(await eventsOf(student)).toEqual(['progress.changed', 'progress.changed']);
  });

  it.each([-1, 1.5, 86_401])('is not at %d seconds', async (seconds) => {
    const course = await publishCourse(harness, teacher, { lessons: 1 });
    expect((await move(await studentOf(course), course.lessonIds[0], seconds)).status).toBe(400);
  });
});
