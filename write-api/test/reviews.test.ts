import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startHarness, type Harness, type Person } from './harness.ts';
import { enrollIn, notificationsOf, publishCourse, type PublishedCourse } from './support/learning.ts';

let harness: Harness;
let teacher: Person;
let admin: Person;
let course: PublishedCourse;
let student: Person;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher', 'Ingrid Halvorsen');
  admin = await harness.person('admin');
});
beforeEach(async () => {
  course = await publishCourse(harness, teacher, { lessons: 1 });
  student = await harness.person('student', 'Sam Rivera');
  await enrollIn(harness, student, course.id);
});
afterAll(() => harness.stop());

const HORIZON = /-0{19}$/;
const post = (url: string, as: Person | undefined, body: unknown = {}) =>
  harness.send('POST', url, { ...(as && { as }), body });
const review = (as: Person, rating = 4, text = ' Good. ', courseId = course.id) =>
  post('/v1/reviews', as, { courseId, rating, text });
const put = (as: Person, rating: number, text = '') =>
  harness.send('PUT', `/v1/courses/${course.id}/reviews/me`, { as, body: { rating, text } });
const remove = (as: Person) => harness.send('DELETE', `/v1/courses/${course.id}/reviews/me`, { as });
const hide = (id: string, reason = 'Rude.') => post(`/v1/admin/reviews/${id}/hide`, admin, { reason });
const restore = (id: string) => post(`/v1/admin/reviews/${id}/restore`, admin);

async function stored(id: string) {
  const { rows } = await harness.pool.query('select * from reviews where id = $1', [id]);
  return rows[0];
}
const versionsOf = async (id: string) => (await harness.outbox(id)).map((row) => row.aggregate_version);
const actionsOn = async (id: string) =>
  (await harness.pool.query('select action, details, admin_id from audit_log where subject_id = $1 order by id', [id]))
    .rows;

describe('reviewing a course', () => {
  it('stores the review and tells its teacher', async () => {
    const before = await notificationsOf(harness, teacher);
    const answer = await review(student);
    expect(answer).toMatchObject({ status: 201, body: { courseId: course.id, version: 1 } });
    expect(await stored(answer.body.reviewId)).toMatchObject({ rating: 4, text: 'Good.', user_id: student.id });
    expect((await harness.outbox(answer.body.reviewId)).map(({ type, payload }) => [type, payload])).toEqual([
      ['review.changed', { reviewId: answer.body.reviewId, courseId: course.id, userId: student.id }],
    ]);
    const told = await notificationsOf(harness, teacher);
    expect(told.slice(before.length)).toMatchObject([
      { type: 'reviewed', params: { rating: '4', courseTitle: 'Bread at home', name: 'Sam Rivera' } },
    ]);
  });

  it('is possible once, also at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => review(student)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
    expect((await review(student)).body.code).toBe('already_reviewed');
  });

  it('is for students of the course', async () => {
    const stranger = await harness.person('student');
    expect((await review(stranger)).body).toMatchObject({ status: 403, code: 'not_enrolled' });
    expect((await put(stranger, 5)).body).toMatchObject({ status: 403, code: 'not_enrolled' });
    expect((await review(teacher)).body).toMatchObject({ status: 409, code: 'own_course' });
    await harness.pool.query('update enrollments set revoked_at = now() where user_id = $1', [student.id]);
    expect((await review(student)).body.code).toBe('not_enrolled');
    expect((await review(student, 5, '', teacher.id)).body.code).toBe('course_not_found');
  });

  it.each([0, 6, 2.5])('with %d stars is not', async (rating) => {
    expect((await review(student, rating)).status).toBe(400);
  });
});

describe('putting a review', () => {
  it('creates it, replaces it, and changes nothing when it is the same', async () => {
    const first = await put(student, 2, 'Hm.');
    expect(first.status).toBe(201);
    const second = await put(student, 5, 'Better now.');
    expect(second).toMatchObject({ status: 200, body: { reviewId: first.body.reviewId, version: 2 } });
    const third = await put(student, 5, ' Better now. ');
    expect(third.body).toEqual(second.body);
    expect(third.headers['x-outbox-position']).toMatch(HORIZON);
    expect(await versionsOf(first.body.reviewId)).toEqual([1, 2]);
  });

  it('that is hidden leaves it hidden, and it cannot be deleted to be written anew', async () => {
    const { reviewId } = (await review(student, 1, 'Rubbish!')).body;
    await hide(reviewId);
    expect((await put(student, 5, 'Please?')).status).toBe(200);
    expect(await stored(reviewId)).toMatchObject({ text: 'Please?', hidden_reason: 'Rude.' });
    expect((await remove(student)).body).toMatchObject({ status: 409, code: 'review_hidden' });
  });
});

describe('deleting a review', () => {
  it('takes it away, also after the enrollment has ended, and another can be written', async () => {
    const { reviewId } = (await review(student)).body;
    await harness.pool.query('update enrollments set revoked_at = now() where user_id = $1', [student.id]);
    expect((await remove(student)).status).toBe(200);
    expect(await stored(reviewId)).toBeUndefined();
    expect(await versionsOf(reviewId)).toEqual([1, 2]);
    expect((await remove(student)).body).toMatchObject({ status: 404, code: 'review_not_found' });
  });
});

describe('a reply', () => {
  it('is the teacher’s, and the first one is told to the student', async () => {
    const { reviewId } = (await review(student)).body;
    const reply = (as: Person, text: string) => post(`/v1/reviews/${reviewId}/reply`, as, { text });
    expect((await reply(teacher, 'Thanks!')).body).toMatchObject({ reviewId, version: 2 });
    await reply(teacher, 'Thank you!');
    expect((await reply(teacher, 'Thank you! ')).headers['x-outbox-position']).toMatch(HORIZON);
    expect(await stored(reviewId)).toMatchObject({ reply: 'Thank you!', version: 3 });
    expect(await notificationsOf(harness, student)).toMatchObject([
      { type: 'replied', params: { name: 'Ingrid Halvorsen', courseTitle: 'Bread at home' } },
    ]);
    for (const other of [student, await harness.person('teacher')]) {
      expect((await reply(other, 'Me too')).body).toMatchObject({ status: 403, code: 'forbidden' });
    }
  });
});

describe('reporting a review', () => {
  it('counts once for each person, and not by its author', async () => {
    const { reviewId } = (await review(student)).body;
    const report = (as: Person, reason = 'Advertising') => post(`/v1/reviews/${reviewId}/report`, as, { reason });
    const reader = await harness.person('student');
    expect((await report(reader)).body).toEqual({ reviewId, courseId: course.id, version: 1 });
    expect((await report(reader, 'Really!')).status).toBe(200);
    await report(teacher);
    expect((await report(student)).body).toMatchObject({ status: 403, code: 'forbidden' });
    const { rows } = await harness.pool.query('select reason from review_reports where review_id = $1', [reviewId]);
    expect(rows).toEqual([{ reason: 'Advertising' }, { reason: 'Advertising' }]);
    expect((await post(`/v1/reviews/${course.id}/report`, reader, { reason: 'x' })).body.code).toBe('review_not_found');
  });
});

describe('an admin', () => {
  it('hides a review and shows it again, and both are noted', async () => {
    const { reviewId } = (await review(student)).body;
    expect((await hide(reviewId)).body.version).toBe(2);
    expect((await hide(reviewId)).headers['x-outbox-position']).toMatch(HORIZON);
    for (const path of ['reply', 'report']) {
      const answer = await post(
        `/v1/reviews/${reviewId}/${path}`,
        teacher,
        path === 'reply' ? { text: 'x' } : { reason: 'x' },
      );
      expect(answer.body).toMatchObject({ status: 404, code: 'review_not_found' });
    }
    expect((await restore(reviewId)).body.version).toBe(3);
    expect((await restore(reviewId)).headers['x-outbox-position']).toMatch(HORIZON);
    expect(await stored(reviewId)).toMatchObject({ hidden_at: null, hidden_reason: null });
    expect(await actionsOn(reviewId)).toEqual([
      { action: 'review.hide', details: { reason: 'Rude.' }, admin_id: admin.id },
      { action: 'review.restore', details: { settledReports: 0 }, admin_id: admin.id },
    ]);
  });

  it('lists what was reported or hidden, page by page, and settles reports', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const author = await harness.person('student', `Author ${n}`);
      await enrollIn(harness, author, course.id);
      const { reviewId } = (await review(author, 1, `Text ${n}`)).body;
      ids.unshift(reviewId);
      await post(`/v1/reviews/${reviewId}/report`, student, { reason: `Because ${n}` });
    }
    await hide(String(ids[2]));
    const list = async (query: string) => (await harness.send('GET', `/v1/admin/reviews?${query}`, { as: admin })).body;
    const mine = (items: { id: string }[]) => items.map(({ id }) => id).filter((id) => ids.includes(id));
    expect(mine((await list('reported=true&hidden=false')).items)).toEqual(ids.slice(0, 2));
    expect(mine((await list('hidden=true')).items)).toEqual(ids.slice(2));
    expect(mine((await list('reported=false&limit=100')).items)).toEqual([]);
    const first = await list('reported=true&limit=2');
    expect(first.items[0]).toMatchObject({
      text: 'Text 2',
      authorName: 'Author 2',
      courseTitle: 'Bread at home',
      reportCount: 1,
      reports: [{ reason: 'Because 2', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) }],
      hiddenAt: null,
    });
    const second = await list(`reported=true&limit=2&cursor=${first.nextCursor}`);
    expect(mine([...first.items, ...second.items])).toEqual(ids);
    await restore(String(ids[0]));
    expect(mine((await list('reported=true')).items)).toEqual(ids.slice(1));
  });

  it('is the only one who may', async () => {
    const { reviewId } = (await review(student)).body;
    for (const stranger of [student, teacher]) {
      expect((await post(`/v1/admin/reviews/${reviewId}/hide`, stranger, { reason: 'x' })).status).toBe(403);
      expect((await post(`/v1/admin/reviews/${reviewId}/restore`, stranger)).status).toBe(403);
      expect((await harness.send('GET', '/v1/admin/reviews', { as: stranger })).status).toBe(403);
    }
    expect((await harness.send('GET', '/v1/admin/reviews')).status).toBe(401);
  });
});
