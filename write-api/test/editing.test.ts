import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDraft, startHarness, type DraftCourse, type Harness, type Person } from './harness.ts';

let harness: Harness;
let teacher: Person;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher');
});
afterAll(() => harness.stop());

const studio = async (id: string) => (await harness.send('GET', `/v1/studio/courses/${id}`, { as: teacher })).body;
const changes = async (id: string) => (await harness.outbox(id)).map(({ payload }) => payload['change']);

describe('modules and lessons', () => {
  it('are added at the end, changed and deleted, each as a version of the course', async () => {
    const { send } = harness;
    const { id, version, moduleId, lessonId } = await createDraft(harness, teacher);
    const as = teacher;
    const module = await send('POST', `/v1/courses/${id}/modules`, { as, version, body: { title: ' Oven ' } });
    expect(module.status).toBe(201);
    const lessons = `/v1/modules/${module.body.id}/lessons`;
    const lesson = await send('POST', lessons, { as, version: version + 1, body: { title: 'Heat' } });
    await send('PATCH', `/v1/lessons/${lesson.body.id}`, {
      as,
      version: version + 2,
      body: { bodyMd: 'Hot.', durationMinutes: 9 },
    });
    await send('PATCH', `/v1/modules/${moduleId}`, { as, version: version + 3, body: { title: 'The dough' } });
    await send('DELETE', `/v1/lessons/${lessonId}`, { as, version: version + 4 });
    const draft = await studio(id);
    expect(draft).toMatchObject({
      version: version + 5,
      modules: [
        { id: moduleId, title: 'The dough', lessons: [] },
        {
          id: module.body.id,
          title: 'Oven',
          lessons: [{ id: lesson.body.id, title: 'Heat', bodyMd: 'Hot.', durationMinutes: 9, isFreePreview: false }],
        },
      ],
    });
    const deleted = await send('DELETE', `/v1/modules/${module.body.id}`, { as, version: version + 5 });
    expect(deleted.body).toEqual({ courseId: id, version: version + 6, id: module.body.id });
    expect((await studio(id)).modules).toHaveLength(1);
    expect(await changes(id)).toEqual([
      'created', 'module_added', 'lesson_added', 'module_added', 'lesson_added', 'lesson_changed', 'module_changed',
      'lesson_deleted', 'module_deleted',
    ]); // prettier-ignore
    const gone = await send('PATCH', `/v1/lessons/${lesson.body.id}`, { as, version: 1, body: { title: 'X' } });
    expect(gone.body).toMatchObject({ status: 404, code: 'lesson_not_found' });
  });

  it('that are as asked already change nothing', async () => {
    const { send, outbox } = harness;
    const { id, version, moduleId, lessonId } = await createDraft(harness, teacher);
    const rows = (await outbox(id)).length;
    const module = await send('PATCH', `/v1/modules/${moduleId}`, { as: teacher, version, body: { title: 'Dough' } });
    const lesson = await send('PATCH', `/v1/lessons/${lessonId}`, {
      as: teacher,
      version,
      body: { title: 'Kneading' },
    });
    for (const answer of [module, lesson]) {
      expect(answer.body).toEqual({ courseId: id, version });
      expect(answer.headers['x-outbox-position']).toMatch(/-0{19}$/);
    }
    expect(await outbox(id)).toHaveLength(rows);
  });

  it('are at most 100 and 500', async () => {
    const { send, pool } = harness;
    const { id, version, moduleId } = await createDraft(harness, teacher);
    await pool.query(
      `insert into modules (course_id, title, sort_order) select $1, 'M', n from generate_series(2, 100) as n`,
      [id],
    );
    await pool.query(
      `insert into lessons (course_id, module_id, title, sort_order) select $1, $2, 'L', n from generate_series(2, 500) as n`,
      [id, moduleId],
    );
    const module = await send('POST', `/v1/courses/${id}/modules`, { as: teacher, version, body: { title: 'X' } });
    const lesson = await send('POST', `/v1/modules/${moduleId}/lessons`, {
      as: teacher,
      version,
      body: { title: 'X' },
    });
    expect(module.body).toMatchObject({ status: 422, code: 'course_too_large' });
    expect(lesson.body).toMatchObject({ status: 422, code: 'course_too_large' });
  });

  it('are refused when the texts of a course grow too long', async () => {
    const { pool, send } = harness;
    const { id, moduleId, version } = await createDraft(harness, teacher);
    await pool.query(
      `insert into lessons (course_id, module_id, title, body_md, sort_order)
       select $1, $2, 'L', repeat('x', 200000), n from generate_series(2, 11) as n`,
      [id, moduleId],
    );
    const body = { title: 'One more', bodyMd: 'More than fits.' };
    const lesson = await send('POST', `/v1/modules/${moduleId}/lessons`, { as: teacher, version, body });
    expect(lesson.body).toMatchObject({ status: 422, code: 'course_too_large' });
  });
});

describe('the outline', () => {
  const arrange = (draft: DraftCourse, version: number, modules: unknown) =>
    harness.send('PUT', `/v1/courses/${draft.id}/outline`, { as: teacher, version, body: { modules } });

  it('puts modules and lessons into order in one command', async () => {
    const { send } = harness;
    const draft = await createDraft(harness, teacher);
    const second = await send('POST', `/v1/courses/${draft.id}/modules`, {
      as: teacher,
      version: draft.version,
      body: { title: 'Oven' },
    });
    const lesson = await send('POST', `/v1/modules/${second.body.id}/lessons`, {
      as: teacher,
      version: draft.version + 1,
      body: { title: 'Heat' },
    });
    const modules = [
      { id: second.body.id, lessonIds: [lesson.body.id, draft.lessonId] },
      { id: draft.moduleId, lessonIds: [] },
    ];
    const answer = await arrange(draft, draft.version + 2, modules);
    expect(answer.body).toEqual({ courseId: draft.id, version: draft.version + 3 });
    type Outline = { id: string; lessons: { id: string }[] }[];
    const order = ((await studio(draft.id)).modules as Outline).map(({ id, lessons }) => ({
      id,
      lessonIds: lessons.map((item) => item.id),
    }));
    expect(order).toEqual(modules);
    expect((await changes(draft.id)).at(-1)).toBe('outline');
    const again = await arrange(draft, draft.version + 3, modules);
    expect(again.headers['x-outbox-position']).toMatch(/-0{19}$/);
  });

  it('must name everything exactly once, and nothing of another course', async () => {
    const draft = await createDraft(harness, teacher);
    const other = await createDraft(harness, teacher);
    for (const modules of [
      [],
      [{ id: draft.moduleId, lessonIds: [] }],
      [{ id: draft.moduleId, lessonIds: [draft.lessonId, draft.lessonId] }],
      [{ id: draft.moduleId, lessonIds: [draft.lessonId, other.lessonId] }],
    ]) {
      const answer = await arrange(draft, draft.version, modules);
      expect(answer.body).toMatchObject({ status: 422, code: 'outline_mismatch' });
      expect(answer.body.errors).toContainEqual({
        path: 'body/modules',
        message: expect.stringMatching(/^(module|lesson) /),
      });
    }
    expect(await studio(draft.id)).toMatchObject({ version: draft.version });
    expect(await studio(other.id)).toMatchObject({ modules: [{ lessons: [{ id: other.lessonId }] }] });
  });
});

describe('versions', () => {
  it('must be sent, be versions, and be current', async () => {
    const { send, outbox } = harness;
    const { id, version, lessonId } = await createDraft(harness, teacher);
    const rows = (await outbox(id)).length;
    const patch = (headers: Record<string, string>) =>
      send('PATCH', `/v1/lessons/${lessonId}`, { as: teacher, headers, body: { title: 'X' } });
    expect((await patch({})).body).toMatchObject({ status: 428, code: 'version_required' });
    for (const header of ['3', 'W/"3"', '"x"', '*', '"3", "4"', '""']) {
      expect((await patch({ 'if-match': header })).body).toMatchObject({ status: 400, code: 'invalid_if_match' });
    }
    const stale = await patch({ 'if-match': '"1"' });
    expect(stale.body).toMatchObject({ status: 412, code: 'version_conflict' });
    expect(stale.body.detail).toContain(`current version is ${version}`);
    expect(stale.headers.etag).toBe(`"${version}"`);
    expect(await outbox(id)).toHaveLength(rows);
  });

  it('let one of two edits of the same version win', async () => {
    const { send, outbox } = harness;
    const { id, version, lessonId } = await createDraft(harness, teacher);
    const titles = ['A', 'B', 'C', 'D'];
    const answers = await Promise.all(
      titles.map((title) => send('PATCH', `/v1/lessons/${lessonId}`, { as: teacher, version, body: { title } })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 412, 412, 412]);
    const draft = await studio(id);
    expect(draft).toMatchObject({ version: version + 1 });
    expect(draft.modules[0].lessons[0].title).toBe(titles[statuses.indexOf(200)]);
    expect((await outbox(id)).filter(({ aggregate_version }) => aggregate_version === version + 1)).toHaveLength(1);
  });
});
