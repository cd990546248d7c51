import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Harness, type Person } from './harness.ts';
import { insist, notificationsOf, publishCourse, type PublishedCourse } from './support/learning.ts';

let harness: Harness;
let teacher: Person;
let course: PublishedCourse;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher', 'Ingrid Halvorsen');
  course = await publishCourse(harness, teacher);
});
afterAll(() => harness.stop());

/** Requests at the same moment. */
const CROWD = process.env.EDU_TEST_SCALE === 'long' ? 100 : 20;

const enroll = (as: Person | undefined, courseId = course.id, key?: string) =>
  harness.send('POST', '/v1/enrollments', {
    ...(as && { as }),
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
    body: { courseId },
  });

async function enrollmentsOf({ id }: Person): Promise<{ version: number; revoked_at: Date | null }[]> {
  const { rows } = await harness.pool.query('select * from enrollments where user_id = $1', [id]);
  return rows;
}

describe('enrolling in a free course', () => {
  it('makes an enrollment, tells the student and the outbox', async () => {
    const student = await harness.person('student');
    const answer = await enroll(student);
    expect(answer).toMatchObject({ status: 201, body: { courseId: course.id, version: 1 } });
    expect((await harness.outbox(answer.body.enrollmentId)).map(({ type, payload }) => [type, payload])).toEqual([
      ['enrollment.changed', { userId: student.id, courseId: course.id }],
    ]);
    expect(await notificationsOf(harness, student)).toMatchObject([
      { type: 'enrolled', params: { courseTitle: 'Bread at home', link: `/courses/${course.slug}` } },
    ]);
  });

  it('is possible once', async () => {
    const student = await harness.person('student');
    await enroll(student);
    expect((await enroll(student)).body).toMatchObject({ status: 409, code: 'already_enrolled' });
    expect(await notificationsOf(harness, student)).toHaveLength(1);
  });

  it('is possible again after it was revoked, and asks whether the course is complete by now', async () => {
    const student = await harness.person('student');
    const first = await enroll(student);
    await harness.pool.query('update enrollments set revoked_at = now() where user_id = $1', [student.id]);
    const second = await enroll(student);
    expect(second.body).toEqual({ ...first.body, version: 2 });
    expect(await enrollmentsOf(student)).toMatchObject([{ revoked_at: null }]);
    const checks = await harness.pool.query('select course_id from completion_checks');
    expect(checks.rows).toEqual([{ course_id: course.id }]);
  });

  it('needs somebody who signed in', async () => {
    expect((await enroll(undefined)).status).toBe(401);
  });

  it('is refused where it makes no sense', async () => {
    const student = await harness.person('student');
    expect((await enroll(teacher)).body).toMatchObject({ status: 409, code: 'own_course' });
    const paid = await publishCourse(harness, teacher, { title: 'Paid', price: { amount: 900, currency: 'EUR' } });
    expect((await enroll(student, paid.id)).body).toMatchObject({ status: 402, code: 'payment_required' });
    const old = await publishCourse(harness, teacher, { title: 'Old' });
    await harness.pool.query('update courses set archived_at = now() where id = $1', [old.id]);
    expect((await enroll(student, old.id)).body).toMatchObject({ status: 409, code: 'course_archived' });
    await harness.pool.query('update courses set archived_at = null, live_revision = null where id = $1', [old.id]);
    expect((await enroll(student, old.id)).body).toMatchObject({ status: 404, code: 'course_not_found' });
    expect(await enrollmentsOf(student)).toEqual([]);
  });

  it('goes by the price that readers see, not by that of the draft', async () => {
    const student = await harness.person('student');
    const draft = await publishCourse(harness, teacher, { title: 'Soon paid' });
    await harness.pool.query(`update courses set price_amount = 500, price_currency = 'EUR' where id = $1`, [draft.id]);
    expect((await enroll(student, draft.id)).status).toBe(201);
  });
});

describe('enrolling many times at the same moment', () => {
  it('with one Idempotency-Key enrolls once and answers everybody the same', async () => {
    const student = await harness.person('student');
    const answers = await Promise.all(
      Array.from({ length: CROWD }, () => insist(() => enroll(student, course.id, 'once'))),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await enrollmentsOf(student)).toHaveLength(1);
    expect(await notificationsOf(harness, student)).toHaveLength(1);
  });

  it('with different keys enrolls once and tells the others so', async () => {
    const student = await harness.person('student');
    const answers = await Promise.all(
      Array.from({ length: CROWD }, (_, n) => insist(() => enroll(student, course.id, `key-${n}`))),
    );
    const statuses = Map.groupBy(answers, ({ status }) => status);
    expect([statuses.get(201)?.length, statuses.get(409)?.length]).toEqual([1, CROWD - 1]);
    expect(await enrollmentsOf(student)).toHaveLength(1);
    expect(await notificationsOf(harness, student)).toHaveLength(1);
  });
});
