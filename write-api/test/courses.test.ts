import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDraft, startHarness, type Harness, type Person } from './harness.ts';

let harness: Harness;
let teacher: Person;
let stranger: Person;
let admin: Person;
let student: Person;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher', 'Ingrid Halvorsen');
  stranger = await harness.person('teacher');
  admin = await harness.person('admin');
  student = await harness.person('student');
});
afterAll(() => harness.stop());

const HORIZON = /-0{19}$/;

describe('a course', () => {
  it('is created as a draft of its teacher, with a slug from its title', async () => {
    const { send, outbox, wakes } = harness;
    const before = wakes.count;
    const body = { title: ' Хлеб дома ', category: 'cooking', price: { amount: 0, currency: 'USD' } };
    const answer = await send('POST', '/v1/courses', { as: teacher, body });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ courseId: expect.any(String), version: 1, id: answer.body.courseId });
    expect(answer.headers).toMatchObject({ etag: '"1"', 'x-outbox-position': expect.stringMatching(/^\d{10}-/) });
    expect(wakes.count).toBe(before + 1);
    const draft = await send('GET', `/v1/studio/courses/${answer.body.courseId}`, { as: teacher });
    expect(draft.headers.etag).toBe('"1"');
    expect(draft.body).toMatchObject({
      title: 'Хлеб дома',
      slug: 'khleb-doma',
      state: 'draft',
      price: null,
      modules: [],
    });
    expect(await outbox(answer.body.courseId)).toEqual([
      {
        type: 'course.draft_changed',
        aggregate_id: answer.body.courseId,
        aggregate_version: 1,
        payload: { courseId: answer.body.courseId, change: 'created' },
        trace_parent: null,
      },
    ]);
  });

  it('gets a number behind its slug when another has the same title, also at the same moment', async () => {
    const body = { title: 'Twins', category: 'cooking' };
    const answers = await Promise.all([1, 2, 3].map(() => harness.send('POST', '/v1/courses', { as: teacher, body })));
    const { rows } = await harness.pool.query('select slug from courses where id = any($1) order by slug', [
      answers.map((answer) => answer.body.courseId),
    ]);
    expect(rows.map(({ slug }) => slug)).toEqual(['twins', 'twins-2', 'twins-3']);
  });

  it('cannot take a slug that is taken, reserved or fixed by being published', async () => {
    const { send } = harness;
    const create = (slug: string) =>
      send('POST', '/v1/courses', { as: teacher, body: { title: 'X', category: 'math', slug } });
    expect((await create('algebra')).status).toBe(201);
    expect((await create('algebra')).body).toMatchObject({ status: 409, code: 'slug_taken' });
    expect((await create('studio')).body).toMatchObject({ status: 422, code: 'slug_reserved' });
    const { id, version } = await createDraft(harness, teacher, 'Slugs');
    const patch = (slug: string, at: number) =>
      send('PATCH', `/v1/courses/${id}`, { as: teacher, version: at, body: { slug } });
    expect((await patch('algebra', version)).body.code).toBe('slug_taken');
    expect((await patch('search', version)).body.code).toBe('slug_reserved');
    expect((await patch('slugs-and-snails', version)).status).toBe(200);
    await send('POST', `/v1/courses/${id}/publish`, { as: teacher, version: version + 1 });
    expect((await patch('snails', version + 2)).body).toMatchObject({ status: 409, code: 'slug_frozen' });
  });

  it('changes the given fields, and a change of nothing answers the horizon', async () => {
    const { send, outbox } = harness;
    const { id, version } = await createDraft(harness, teacher, 'Rye');
    const body = { subtitle: 'Dark', price: { amount: 1900, currency: 'USD' }, outcomes: ['bake'], level: 'advanced' };
    const first = await send('PATCH', `/v1/courses/${id}`, { as: teacher, version, body });
    expect(first.body).toEqual({ courseId: id, version: version + 1 });
    const rows = await outbox(id);
    expect(rows.at(-1)).toMatchObject({ aggregate_version: version + 1, payload: { change: 'course' } });
    const again = await send('PATCH', `/v1/courses/${id}`, { as: teacher, version: version + 1, body });
    expect(again.body).toEqual({ courseId: id, version: version + 1 });
    expect(again.headers['x-outbox-position']).toMatch(HORIZON);
    expect(await outbox(id)).toHaveLength(rows.length);
    expect((await send('GET', `/v1/studio/courses/${id}`, { as: teacher })).body).toMatchObject({
      title: 'Rye',
      ...body,
    });
  });

  it('is deleted with everything in it, naming every lesson that was ever live', async () => {
    const { send, outbox, pool } = harness;
    const { id, version, moduleId, lessonId } = await createDraft(harness, teacher, 'Doomed');
    await send('POST', `/v1/courses/${id}/publish`, { as: teacher, version });
    const added = await send('POST', `/v1/modules/${moduleId}/lessons`, {
      as: teacher,
      version: version + 1,
      body: { title: 'Second', bodyMd: 'Text.' },
    });
    await send('DELETE', `/v1/lessons/${lessonId}`, { as: teacher, version: version + 2 });
    await send('POST', `/v1/courses/${id}/publish`, { as: teacher, version: version + 3 });
    await send('POST', `/v1/courses/${id}/unpublish`, { as: teacher, version: version + 4 });
    const answer = await send('DELETE', `/v1/courses/${id}`, { as: teacher, version: version + 5 });
    expect(answer.body).toEqual({ courseId: id, version: version + 6 });
    expect((await outbox(id)).at(-1)).toMatchObject({
      type: 'course.deleted',
      payload: { courseId: id, lessonIds: [lessonId, added.body.id].toSorted(), slug: 'doomed' },
    });
    const left = await pool.query(
      `select (select count(*) from lessons where course_id = $1) + (select count(*) from course_revisions where course_id = $1)
         + (select count(*) from live_lessons where course_id = $1) + (select count(*) from courses where id = $1) as rows`,
      [id],
    );
    expect(left.rows[0].rows).toBe(0);
    expect((await send('GET', `/v1/studio/courses/${id}`, { as: teacher })).body.code).toBe('course_not_found');
  });
});

describe('who may edit', () => {
  it('nobody without a token, and no student', async () => {
    const { id, version, moduleId, lessonId } = await createDraft(harness, teacher, 'Guarded');
    const requests: [string, string, unknown?][] = [
      ['POST', '/v1/courses', { title: 'X', category: 'math' }],
      ['PATCH', `/v1/courses/${id}`, { title: 'X' }],
      ['DELETE', `/v1/courses/${id}`],
      ['POST', `/v1/courses/${id}/publish`],
      ['POST', `/v1/courses/${id}/unpublish`],
      ['PUT', `/v1/courses/${id}/outline`, { modules: [] }],
      ['POST', `/v1/courses/${id}/modules`, { title: 'X' }],
      ['PATCH', `/v1/modules/${moduleId}`, { title: 'X' }],
      ['DELETE', `/v1/modules/${moduleId}`],
      ['POST', `/v1/modules/${moduleId}/lessons`, { title: 'X' }],
      ['PATCH', `/v1/lessons/${lessonId}`, { title: 'X' }],
      ['DELETE', `/v1/lessons/${lessonId}`],
      ['GET', '/v1/studio/courses'],
      ['GET', `/v1/studio/courses/${id}`],
      ['GET', `/v1/studio/courses/${id}/revisions`],
      ['POST', '/v1/studio/preview', { markdown: 'x' }],
      ['POST', '/v1/admin/categories', { slug: 'new-one', name: { en: 'A', ru: 'Б' }, hue: 1, motif: 'dots' }],
      ['PATCH', '/v1/admin/categories/math', { hue: 1 }],
      ['DELETE', '/v1/admin/categories/math'],
    ];
    const rows = (await harness.outbox()).length;
    for (const [method, url, body] of requests) {
      const anonymous = await harness.send(method, url, { version, body });
      expect([url, anonymous.body]).toMatchObject([url, { status: 401, code: 'unauthenticated' }]);
      const asStudent = await harness.send(method, url, { version, body, as: student });
      expect([url, asStudent.body]).toMatchObject([url, { status: 403, code: 'forbidden' }]);
    }
    expect(await harness.outbox()).toHaveLength(rows);
  });

  it('not another teacher: a draft does not exist for them, a live course is forbidden', async () => {
    const { send } = harness;
    const { id, version, moduleId, lessonId } = await createDraft(harness, teacher, 'Private');
    const attempts = [
      ['PATCH', `/v1/courses/${id}`, { title: 'X' }, 'course_not_found'],
      ['GET', `/v1/studio/courses/${id}`, undefined, 'course_not_found'],
      ['PATCH', `/v1/modules/${moduleId}`, { title: 'X' }, 'module_not_found'],
      ['PATCH', `/v1/lessons/${lessonId}`, { title: 'X' }, 'lesson_not_found'],
    ] as const;
    for (const [method, url, body, code] of attempts) {
      expect((await send(method, url, { as: stranger, version: 999, body })).body).toMatchObject({ status: 404, code });
    }
    await send('POST', `/v1/courses/${id}/publish`, { as: teacher, version });
    for (const [method, url, body] of attempts) {
      expect((await send(method, url, { as: stranger, version: 999, body })).body).toMatchObject({ code: 'forbidden' });
    }
  });

  it('an admin, any course', async () => {
    const { id, version } = await createDraft(harness, teacher, 'Overseen');
    const answer = await harness.send('PATCH', `/v1/courses/${id}`, {
      as: admin,
      version,
      body: { title: 'Corrected' },
    });
    expect(answer.status).toBe(200);
  });

  it('nobody whose user is gone', async () => {
    const ghost = await harness.person('teacher');
    await harness.pool.query('delete from users where id = $1', [ghost.id]);
    const answer = await harness.send('POST', '/v1/courses', { as: ghost, body: { title: 'X', category: 'math' } });
    expect(answer.body).toMatchObject({ status: 401, code: 'invalid_token' });
  });
});

describe('the studio', () => {
  it('lists a teacher’s own courses page by page, newest first', async () => {
    const { send } = harness;
    const owner = await harness.person('teacher');
    const made: string[] = [];
    for (const title of ['One', 'Two', 'Three']) made.unshift((await createDraft(harness, owner, title)).id);
    const first = await send('GET', '/v1/studio/courses?limit=2', { as: owner });
    expect(first.body.items).toMatchObject([
      { id: made[0], state: 'draft', lessonCount: 1, category: 'cooking' },
      { id: made[1] },
    ]);
    const second = await send('GET', `/v1/studio/courses?limit=2&cursor=${first.body.nextCursor}`, { as: owner });
    expect(second.body).toMatchObject({ items: [{ id: made[2] }], nextCursor: null });
    const all = await send('GET', '/v1/studio/courses?limit=100', { as: admin });
    expect(all.body.items.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(made));
  });

  it('shows what still keeps a draft from being published', async () => {
    const { send } = harness;
    const { body } = await send('POST', '/v1/courses', { as: teacher, body: { title: 'Bare', category: 'math' } });
    const draft = await send('GET', `/v1/studio/courses/${body.courseId}`, { as: teacher });
    expect(draft.body.checklist).toContainEqual({ code: 'modules', ok: false, message: 'Add a module' });
    const answer = await send('POST', `/v1/courses/${body.courseId}/publish`, { as: teacher, version: 1 });
    expect(answer.body).toMatchObject({ status: 422, code: 'not_publishable' });
    expect(answer.body.errors).toContainEqual({ path: 'checklist/modules', message: 'Add a module' });
  });

  it('previews Markdown as it will be published', async () => {
    const body = { markdown: '# Шаг\n\n> **Note** x' };
    const answer = await harness.send('POST', '/v1/studio/preview', { as: teacher, body });
    expect(answer.body.html).toBe(
      '<h2 id="шаг">Шаг</h2>\n<blockquote class="callout callout-note">\n<p><strong>Note</strong> x</p>\n</blockquote>\n',
    );
  });
});
