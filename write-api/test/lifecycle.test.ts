import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Harness, type Person } from './harness.ts';
import { buy, CARDS, sellCourse, type SoldCourse } from './support/shop.ts';

let harness: Harness;
let teacher: Person;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher', 'Ingrid');
});
afterAll(() => harness.stop());

const studio = async (id: string) => (await harness.send('GET', `/v1/studio/courses/${id}`, { as: teacher })).body;
const post = ({ id }: { id: string }, path: string, version: number, as = teacher) =>
  harness.send('POST', `/v1/courses/${id}/${path}`, { as, version });
const sell = (price?: null) => sellCourse(harness, teacher, price);
const HORIZON = /-0{19}$/;

describe('PUT of a course', () => {
  const fields = {
    slug: 'replaced-bread',
    title: 'Replaced',
    subtitle: '',
    descriptionMd: 'New.',
    language: 'ru',
    level: 'advanced',
    category: 'math',
    price: { amount: 500, currency: 'USD' },
    outcomes: ['Bake'],
  };
  const put = (id: string, body: object, version?: number) =>
    harness.send('PUT', `/v1/courses/${id}`, { as: teacher, body, ...(version !== undefined && { version }) });

  it('replaces every field, and only with the version that was seen', async () => {
    const created = await harness.send('POST', '/v1/courses', {
      as: teacher,
      body: { title: 'To be replaced', category: 'cooking' },
    });
    const id = created.body.courseId;
    expect((await put(id, fields)).body.code).toBe('version_required');
    expect((await put(id, fields, 9)).body.code).toBe('version_conflict');
    expect((await put(id, { ...fields, level: undefined }, 1)).body.code).toBe('invalid_request');
    expect((await put(id, fields, 1)).body).toEqual({ courseId: id, version: 2 });
    expect(await studio(id)).toMatchObject(fields);
    const again = await put(id, fields, 2);
    expect([again.body.version, again.headers['x-outbox-position']]).toEqual([2, expect.stringMatching(HORIZON)]);
  });

  it('cannot move a published course to another slug', async () => {
    const { id, version } = await sell();
    expect((await put(id, { ...fields, slug: 'elsewhere' }, version)).body.code).toBe('slug_frozen');
  });
});

describe('the archive', () => {
  it('takes a published course in and out again, and leaves its draft as published', async () => {
    const course = await sell();
    const archived = await post(course, 'archive', course.version);
    expect(archived.body).toEqual({ courseId: course.id, version: course.version + 1 });
    expect(await studio(course.id)).toMatchObject({ isArchived: true, state: 'live' });
    const sam = await harness.person('student');
    expect((await buy(harness, sam, course.id)).body.code).toBe('course_archived');
    const again = await post(course, 'archive', course.version + 1);
    expect(again.headers['x-outbox-position']).toMatch(HORIZON);
    await post(course, 'unarchive', course.version + 1);
    expect(await studio(course.id)).toMatchObject({ isArchived: false, state: 'live', version: course.version + 2 });
    expect((await buy(harness, sam, course.id)).status).toBe(201);
    const events = (await harness.outbox(course.id)).filter(({ type }) => type === 'course.archive_changed');
    expect(events.map(({ payload }) => payload)).toEqual([{ courseId: course.id }, { courseId: course.id }]);
  });

  it('notes in the audit log what an admin does to somebody else’s course', async () => {
    const course = await sell();
    const admin = await harness.person('admin');
    await post(course, 'archive', course.version, admin);
    await harness.send('PATCH', `/v1/courses/${course.id}`, {
      as: admin,
      version: course.version + 1,
      body: { title: 'Tidied' },
    });
    const { rows } = await harness.pool.query(
      'select admin_id, action, details from audit_log where subject_id = $1 order by id',
      [course.id],
    );
    expect(rows).toEqual([
      { admin_id: admin.id, action: 'course.archive', details: {} },
      { admin_id: admin.id, action: 'course.edit', details: { change: 'course' } },
    ]);
  });

  it('is for what is published, and ends with it', async () => {
    const course = await sell();
    await post(course, 'archive', course.version);
    await post(course, 'unpublish', course.version + 1);
    expect(await studio(course.id)).toMatchObject({ isArchived: false, state: 'unpublished' });
    expect((await post(course, 'archive', course.version + 2)).body.code).toBe('not_published');
    const stranger = await harness.person('teacher');
    expect((await post(await sell(), 'archive', 1, stranger)).status).toBe(403);
  });
});

describe('restoring a revision', () => {
  it('brings fields, modules and lessons back under their ids, and publishes nothing', async () => {
    const course = await sell();
    const before = await studio(course.id);
    const [module] = before.modules;
    let { version } = before;
    const edit = async (method: string, url: string, body?: object) => {
      const answer = await harness.send(method, url, { as: teacher, version, ...(body && { body }) });
      expect(answer.status).toBeLessThan(300);
      version = answer.body.version;
      return answer.body.id as string;
    };
    await edit('PATCH', `/v1/courses/${course.id}`, { title: 'Another', price: null, outcomes: ['x'] });
    const added = await edit('POST', `/v1/courses/${course.id}/modules`, { title: 'Added' });
    await edit('POST', `/v1/modules/${added}/lessons`, { title: 'Added lesson', bodyMd: 'Text' });
    await edit('PUT', `/v1/courses/${course.id}/outline`, {
      modules: (await studio(course.id)).modules
        .map(({ id, lessons }: { id: string; lessons: { id: string }[] }) => ({
          id,
          lessonIds: lessons.map((lesson) => lesson.id),
        }))
        .toReversed(),
    });
    await edit('DELETE', `/v1/modules/${module.id}`);

    const restored = await post(course, 'revisions/1/restore', version);
    expect(restored.status).toBe(200);
    const after = await studio(course.id);
    for (const field of ['title', 'price', 'outcomes', 'modules', 'slug']) expect(after[field]).toEqual(before[field]);
    expect(after).toMatchObject({ state: 'changed', liveRevision: 1, version: version + 1 });
    const changes = await harness.send('GET', `/v1/studio/courses/${course.id}/changes`, { as: teacher });
    expect(changes.body.items).toEqual([]);
    const again = await post(course, 'revisions/1/restore', version + 1);
    expect(again.headers['x-outbox-position']).toMatch(HORIZON);
    expect((await post(course, 'revisions/9/restore', version + 1)).body.code).toBe('revision_not_found');
    expect((await post(course, 'revisions/1/restore', 1)).body.code).toBe('version_conflict');
  });

  it('keeps the category of the course when that of the revision is gone', async () => {
    const course = await sell();
    await harness.pool.query(
      `update course_revisions set content = jsonb_set(content, '{category}', '"gone"') where course_id = $1`,
      [course.id],
    );
    const { version } = (
      await harness.send('PATCH', `/v1/courses/${course.id}`, {
        as: teacher,
        version: course.version,
        body: { title: 'Changed', category: 'math' },
      })
    ).body;
    await post(course, 'revisions/1/restore', version);
    expect(await studio(course.id)).toMatchObject({ title: 'Bread at home', category: 'math' });
  });
});

describe('deleting a course', () => {
  const remove = ({ id, version }: SoldCourse) => harness.send('DELETE', `/v1/courses/${id}`, { as: teacher, version });

  it('is refused once anybody enrolled or tried to pay', async () => {
    const enrolled = await sell(null);
    const sam = await harness.person('student');
    await harness.send('POST', '/v1/enrollments', { as: sam, body: { courseId: enrolled.id } });
    expect((await remove(enrolled)).body).toMatchObject({ status: 409, code: 'course_in_use' });
    const tried = await sell();
    await buy(harness, sam, tried.id, { card: CARDS.declined });
    expect((await remove(tried)).body).toMatchObject({ status: 409, code: 'course_in_use' });
  });

  it('takes what others had of it along, and says so', async () => {
    const course = await sell();
    const sam = await harness.person('student');
    await harness.pool.query('insert into favorites (user_id, course_id) values ($1, $2)', [sam.id, course.id]);
    const note = `insert into notes (user_id, lesson_id, course_id, text) values ($1, $2, $3, 'Flour')`;
    await harness.pool.query(note, [sam.id, course.lessonId, course.id]);
    expect((await remove(course)).status).toBe(200);
    expect((await harness.outbox(course.id)).at(-1)).toMatchObject({
      type: 'course.deleted',
      payload: { courseId: course.id, lessonIds: [course.lessonId], slug: course.slug, ownerId: teacher.id },
    });
    for (const [type, aggregateId, payload] of [
      ['favorite.changed', `${sam.id}/${course.id}`, { userId: sam.id, courseId: course.id }],
      ['note.changed', `${sam.id}/${course.lessonId}`, { userId: sam.id, lessonId: course.lessonId }],
    ] as const) {
      expect(await harness.outbox(aggregateId)).toMatchObject([{ type, payload }]);
    }
  });

  it('tells of however many had it among their favorites', async () => {
    const course = await sell();
    await harness.pool.query(
      `with fans as (
         insert into users (email, name, password_hash) select 'fan-' || n || '@example.com', 'Fan', 'none'
         from generate_series(1, 1100) n returning id
       ) insert into favorites (user_id, course_id) select id, $1 from fans`,
      [course.id],
    );
    expect((await remove(course)).status).toBe(200);
    const told = (await harness.outbox()).filter(({ payload }) => payload.courseId === course.id);
    expect(told.filter(({ type }) => type === 'favorite.changed')).toHaveLength(1100);
    expect(told.at(-1)?.type).toBe('course.deleted');
  });
});
