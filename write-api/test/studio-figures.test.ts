import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Harness, type Person } from './harness.ts';
import { buy, sellCourse } from './support/shop.ts';

let harness: Harness;
let teacher: Person;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher', 'Ingrid');
});
afterAll(() => harness.stop());

const get = (path: string, as = teacher) => harness.send('GET', `/v1/studio/courses${path}`, { as });

describe('the list of courses in the studio', () => {
  it('says who came, what they think and what they paid, without what was given back', async () => {
    const course = await sellCourse(harness, teacher);
    const unsold = await sellCourse(harness, teacher);
    const people = await Promise.all([1, 2, 3].map(() => harness.person('student')));
    const payments = [];
    for (const sam of people) payments.push((await buy(harness, sam, course.id)).body.id);
    await harness.send('POST', `/v1/payments/${payments[0]}/refund`, { as: people[0] ?? teacher });
    await harness.pool.query(
      `insert into reviews (course_id, user_id, rating, hidden_at)
       select $1, id, rating, hidden from unnest($2::uuid[], '{5, 4, 1}'::int[], array[null, null, now()]) as r (id, rating, hidden)`,
      [course.id, people.map(({ id }) => id)],
    );
    const { items } = (await get('')).body;
    expect(items.find(({ id }: { id: string }) => id === course.id)).toMatchObject({
      studentCount: 2,
      rating: { average: 4.5, count: 2 },
      revenue: [{ amount: 3998, currency: 'EUR' }],
      isArchived: false,
      state: 'live',
    });
    expect(items.find(({ id }: { id: string }) => id === unsold.id)).toMatchObject({
      studentCount: 0,
      rating: null,
      revenue: [],
    });
  });
});

describe('the students of a course', () => {
  it('come page by page, newest first, with their progress', async () => {
    const course = await sellCourse(harness, teacher);
    for (const name of ['Ann', 'Ben', 'Cid', 'Dan'])
      await buy(harness, await harness.person('student', name), course.id);
    const { rows } = await harness.pool.query<{ id: string; name: string }>(
      'select id, name from users where id in (select user_id from enrollments where course_id = $1)',
      [course.id],
    );
    const idOf = (name: string) => rows.find((row) => row.name === name)?.id;
    await harness.pool.query(
      'insert into lesson_progress (user_id, lesson_id, course_id, completed_at) values ($1, $2, $3, now())',
      [idOf('Ann'), course.lessonId, course.id],
    );
    await harness.pool.query('update users set deleted_at = now() where id = $1', [idOf('Ben')]);
    await harness.pool.query('update enrollments set revoked_at = now() where user_id = $1', [idOf('Cid')]);
    const first = await get(`/${course.id}/students?limit=2`);
    const names = (body: { items: { name: string }[] }) => body.items.map(({ name }) => name);
    expect(names(first.body)).toEqual(['Dan', null]);
    const second = await get(`/${course.id}/students?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body).toEqual({
      items: [{ id: expect.any(String), name: 'Ann', enrolledAt: expect.any(String), percent: 100, completedAt: null }],
      nextCursor: null,
    });
  });

  it('are their teacher’s and the admins’ to see', async () => {
    const course = await sellCourse(harness, teacher);
    expect((await get(`/${course.id}/students`, await harness.person('admin'))).status).toBe(200);
    expect((await get(`/${course.id}/students`, await harness.person('teacher'))).status).toBe(403);
    expect((await get(`/${course.id}/students`, await harness.person('student'))).status).toBe(403);
    expect((await get(`/${course.id}/students?cursor=x`)).body.code).toBe('invalid_cursor');
  });
});

describe('the revisions of a course', () => {
  it('can be looked at and compared with each other and with the draft', async () => {
    const course = await sellCourse(harness, teacher);
    const patched = await harness.send('PATCH', `/v1/courses/${course.id}`, {
      as: teacher,
      version: course.version,
      body: { title: 'Bread, second edition' },
    });
    await harness.send('POST', `/v1/courses/${course.id}/publish`, { as: teacher, version: patched.body.version });
    expect((await get(`/${course.id}/revisions/2`)).body).toMatchObject({
      revision: 2,
      live: true,
      title: 'Bread, second edition',
      price: { amount: 1999, currency: 'EUR' },
      moduleCount: 1,
      lessonCount: 1,
      durationMinutes: 7,
      publishedBy: 'Ingrid',
    });
    const title = { subject: 'course', change: 'changed', fields: ['title'] };
    expect((await get(`/${course.id}/revisions/2/diff`)).body).toMatchObject({ against: 1, items: [title] });
    expect((await get(`/${course.id}/revisions/1/diff?against=2`)).body).toMatchObject({
      revision: 1,
      items: [{ ...title, title: 'Bread at home', previousTitle: 'Bread, second edition' }],
    });
    expect((await get(`/${course.id}/revisions/1/diff`)).body).toMatchObject({
      against: null,
      items: [
        { subject: 'module', change: 'added' },
        { subject: 'lesson', change: 'added' },
      ],
    });
    expect((await get(`/${course.id}/changes`)).body).toMatchObject({ revision: 2, liveRevision: 2, items: [] });
    expect((await get(`/${course.id}/changes?revision=1`)).body).toMatchObject({ revision: 1, items: [title] });
    for (const path of ['revisions/9', 'revisions/9/diff', 'revisions/1/diff?against=9', 'changes?revision=9']) {
      expect((await get(`/${course.id}/${path}`)).body).toMatchObject({ status: 404, code: 'revision_not_found' });
    }
  });
});
