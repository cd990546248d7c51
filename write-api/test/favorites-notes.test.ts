import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Harness, type Person } from './harness.ts';
import { enrollIn, publishCourse, type PublishedCourse } from './support/learning.ts';

let harness: Harness;
let teacher: Person;
let paid: PublishedCourse;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher');
  paid = await publishCourse(harness, teacher, { price: { amount: 900, currency: 'EUR' }, lessons: 2, previews: [1] });
});
afterAll(() => harness.stop());

const HORIZON = /-0{19}$/;
const events = async (id: string) => (await harness.outbox(id)).map(({ type, payload }) => [type, payload]);

describe('favorites', () => {
  const favorite = (as: Person, courseId: string, method: 'PUT' | 'DELETE' = 'PUT') =>
    harness.send(method, `/v1/favorites/${courseId}`, { as });

  it('are put and taken away; again changes nothing', async () => {
    const student = await harness.person('student');
    expect((await favorite(student, paid.id)).body).toEqual({ courseId: paid.id, isFavorite: true });
    expect((await favorite(student, paid.id)).headers['x-outbox-position']).toMatch(HORIZON);
    expect((await favorite(student, paid.id, 'DELETE')).body).toEqual({ courseId: paid.id, isFavorite: false });
    expect((await favorite(student, paid.id, 'DELETE')).headers['x-outbox-position']).toMatch(HORIZON);
    const event = ['favorite.changed', { userId: student.id, courseId: paid.id }];
    expect(await events(`${student.id}/${paid.id}`)).toEqual([event, event]);
  });

  it('are published courses, and can be taken away when they are not any more', async () => {
    const student = await harness.person('student');
    const course = await publishCourse(harness, teacher, { lessons: 1 });
    await favorite(student, course.id);
    await harness.pool.query('update courses set live_revision = null where id = $1', [course.id]);
    expect((await favorite(student, course.id)).body).toMatchObject({ status: 404, code: 'course_not_found' });
    expect((await favorite(student, course.id, 'DELETE')).status).toBe(200);
    const { rows } = await harness.pool.query('select 1 from favorites where user_id = $1', [student.id]);
    expect(rows).toEqual([]);
  });
});

describe('notes', () => {
  const write = (as: Person, lessonId: string | undefined, text: string, version?: number) =>
    harness.send('PUT', `/v1/lessons/${lessonId}/notes/me`, {
      as,
      body: { text, ...(version !== undefined && { version }) },
    });
  const stored = async ({ id }: Person) =>
    (await harness.pool.query('select text, version from notes where user_id = $1', [id])).rows;

  it('are written, changed and deleted by their version', async () => {
    const student = await harness.person('student');
    await enrollIn(harness, student, paid.id);
    const [lessonId] = paid.lessonIds;
    expect((await write(student, lessonId, ' Flour ', 0)).body).toEqual({ lessonId, version: 1 });
    expect((await write(student, lessonId, 'Flour', 1)).headers['x-outbox-position']).toMatch(HORIZON);
    const stale = await write(student, lessonId, 'Water', 0);
    expect(stale).toMatchObject({ status: 412, body: { code: 'version_conflict' } });
    expect((await write(student, lessonId, 'Water', 1)).body.version).toBe(2);
    expect(await stored(student)).toEqual([{ text: 'Water', version: 2 }]);
    expect((await write(student, lessonId, '', 2)).body.version).toBe(0);
    expect(await stored(student)).toEqual([]);
    const event = ['note.changed', { userId: student.id, lessonId }];
    expect(await events(`${student.id}/${lessonId}`)).toEqual([event, event, event]);
  });

  it('that two devices begin at the same moment do not overwrite each other', async () => {
    const [, preview] = paid.lessonIds;
    const student = await harness.person('student');
    const answers = await Promise.all(['one', 'two', 'three'].map((text) => write(student, preview, text, 0)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412]);
  });

  it('are for those who may open the lesson', async () => {
    const [locked, preview] = paid.lessonIds;
    const student = await harness.person('student');
    expect((await write(student, locked, 'x')).body).toMatchObject({ status: 403, code: 'not_enrolled' });
    expect((await write(student, preview, 'x')).status).toBe(200);
    expect((await write(teacher, locked, 'x')).status).toBe(200);
    expect((await write(await harness.person('teacher'), locked, 'x')).status).toBe(403);
    expect((await write(student, paid.id, 'x')).body).toMatchObject({ status: 404, code: 'lesson_not_found' });
  });
});
