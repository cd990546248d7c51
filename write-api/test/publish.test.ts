import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CourseRevision } from '@eduplatform/contracts/revision';
import { createDraft, startHarness, type Harness, type Person } from './harness.ts';

let harness: Harness;
let teacher: Person;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher', 'Ingrid Halvorsen');
});
afterAll(() => harness.stop());

const HORIZON = /-0{19}$/;

const publish = (id: string, version: number) =>
  harness.send('POST', `/v1/courses/${id}/publish`, { as: teacher, version });
const studio = async (id: string) => (await harness.send('GET', `/v1/studio/courses/${id}`, { as: teacher })).body;

async function content(id: string, revision: number): Promise<CourseRevision> {
  const { rows } = await harness.pool.query<{ content: CourseRevision }>(
    'select content from course_revisions where course_id = $1 and revision = $2',
    [id, revision],
  );
  if (!rows[0]) throw new Error('no such revision');
  return rows[0].content;
}

async function liveLessons(id: string): Promise<string[]> {
  const { rows } = await harness.pool.query<{ lesson_id: string }>(
    'select lesson_id from live_lessons where course_id = $1 order by lesson_id',
    [id],
  );
  return rows.map(({ lesson_id }) => lesson_id);
}

describe('publishing', () => {
  it('stores the whole course as a revision, rendered, and tells the outbox', async () => {
    const draft = await createDraft(harness, teacher, 'Bread');
    const answer = await publish(draft.id, draft.version);
    expect(answer.body).toEqual({ courseId: draft.id, version: draft.version + 1, revision: 1, slug: 'bread' });
    expect(answer.headers.etag).toBe(`"${draft.version + 1}"`);
    expect(await content(draft.id, 1)).toEqual({
      title: 'Bread',
      subtitle: '',
      descriptionMd: 'Bake.',
      descriptionHtml: '<p>Bake.</p>\n',
      descriptionText: 'Bake.',
      language: 'en',
      level: 'beginner',
      category: 'cooking',
      price: null,
      outcomes: [],
      modules: [
        {
          id: draft.moduleId,
          title: 'Dough',
          lessons: [
            {
              id: draft.lessonId,
              title: 'Kneading',
              bodyMd: '## Why\n\nGluten.',
              html: '<h2 id="why">Why</h2>\n<p>Gluten.</p>\n',
              headings: [{ level: 2, text: 'Why', anchor: 'why' }],
              sections: [{ heading: 'Why', anchor: 'why', text: 'Gluten.' }],
              isFreePreview: false,
              durationMinutes: 7,
              hasVideo: false,
              updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
            },
          ],
        },
      ],
    });
    expect(await liveLessons(draft.id)).toEqual([draft.lessonId]);
    expect((await harness.outbox(draft.id)).at(-1)).toMatchObject({
      type: 'course.published',
      aggregate_version: draft.version + 1,
      payload: { courseId: draft.id, revision: 1, previousRevision: null },
    });
    expect(await studio(draft.id)).toMatchObject({ state: 'live', liveRevision: 1, version: draft.version + 1 });
  });

  it('of an unchanged draft does nothing', async () => {
    const draft = await createDraft(harness, teacher, 'Twice');
    await publish(draft.id, draft.version);
    const rows = (await harness.outbox(draft.id)).length;
    const again = await publish(draft.id, draft.version + 1);
    expect(again.body).toEqual({ courseId: draft.id, version: draft.version + 1, revision: 1, slug: 'twice' });
    expect(again.headers['x-outbox-position']).toMatch(HORIZON);
    expect(await harness.outbox(draft.id)).toHaveLength(rows);
  });

  it('of a draft that was changed and changed back does nothing either, and the draft is live again', async () => {
    const draft = await createDraft(harness, teacher, 'There and back');
    await publish(draft.id, draft.version);
    const rename = (title: string, version: number) =>
      harness.send('PATCH', `/v1/lessons/${draft.lessonId}`, { as: teacher, version, body: { title } });
    await rename('Folding', draft.version + 1);
    await rename('Kneading', draft.version + 2);
    expect(await studio(draft.id)).toMatchObject({ state: 'changed' });
    expect((await publish(draft.id, draft.version + 3)).body).toMatchObject({
      revision: 1,
      version: draft.version + 3,
    });
    expect(await studio(draft.id)).toMatchObject({ state: 'live', liveRevision: 1 });
  });

  it('leaves readers what they see until the next one, and keeps the time of lessons that did not change', async () => {
    const { send, outbox } = harness;
    const draft = await createDraft(harness, teacher, 'Revised');
    const added = await send('POST', `/v1/modules/${draft.moduleId}/lessons`, {
      as: teacher,
      version: draft.version,
      body: { title: 'Folding', bodyMd: 'Fold.' },
    });
    await publish(draft.id, draft.version + 1);
    const body = { bodyMd: 'Fold four times.', isFreePreview: true };
    await send('PATCH', `/v1/lessons/${added.body.id}`, { as: teacher, version: draft.version + 2, body });
    const before = await content(draft.id, 1);
    expect(before.modules[0]?.lessons[1]).toMatchObject({ bodyMd: 'Fold.' });
    expect((await publish(draft.id, draft.version + 3)).body).toMatchObject({ revision: 2 });
    const after = await content(draft.id, 2);
    expect(after.modules[0]?.lessons[0]).toEqual(before.modules[0]?.lessons[0]);
    expect(after.modules[0]?.lessons[1]).toMatchObject({ html: '<p>Fold four times.</p>\n', isFreePreview: true });
    expect(after.modules[0]?.lessons[1]?.updatedAt).not.toBe(before.modules[0]?.lessons[1]?.updatedAt);
    expect((await outbox(draft.id)).at(-1)?.payload).toEqual({ courseId: draft.id, revision: 2, previousRevision: 1 });
    expect(await content(draft.id, 1)).toEqual(before);
  });

  it('lists what was published, newest first', async () => {
    const draft = await createDraft(harness, teacher, 'History');
    await publish(draft.id, draft.version);
    await harness.send('PATCH', `/v1/courses/${draft.id}`, {
      as: teacher,
      version: draft.version + 1,
      body: { title: 'History 2' },
    });
    await publish(draft.id, draft.version + 2);
    const answer = await harness.send('GET', `/v1/studio/courses/${draft.id}/revisions`, { as: teacher });
    expect(answer.body).toEqual({
      items: [
        { revision: 2, publishedAt: expect.any(String), publishedBy: 'Ingrid Halvorsen', live: true },
        { revision: 1, publishedAt: expect.any(String), publishedBy: 'Ingrid Halvorsen', live: false },
      ],
      nextCursor: null,
    });
  });
});

describe('unpublishing', () => {
  it('hides the course, keeps its revisions, and the next one gets the next number', async () => {
    const { send, outbox } = harness;
    const draft = await createDraft(harness, teacher, 'Hidden');
    await publish(draft.id, draft.version);
    const answer = await send('POST', `/v1/courses/${draft.id}/unpublish`, { as: teacher, version: draft.version + 1 });
    expect(answer.body).toEqual({ courseId: draft.id, version: draft.version + 2 });
    expect(await liveLessons(draft.id)).toEqual([]);
    expect(await studio(draft.id)).toMatchObject({ state: 'unpublished', liveRevision: null });
    expect((await outbox(draft.id)).at(-1)).toMatchObject({
      type: 'course.unpublished',
      payload: { courseId: draft.id, revision: 1 },
    });
    expect((await publish(draft.id, draft.version + 2)).body).toMatchObject({ revision: 2 });
    expect((await outbox(draft.id)).at(-1)?.payload).toMatchObject({ revision: 2, previousRevision: null });
    const [first, second] = [await content(draft.id, 1), await content(draft.id, 2)];
    expect(second).toEqual(first);
  });

  it('of a course that is not live says so', async () => {
    const draft = await createDraft(harness, teacher, 'Never live');
    const answer = await harness.send('POST', `/v1/courses/${draft.id}/unpublish`, {
      as: teacher,
      version: draft.version,
    });
    expect(answer.body).toMatchObject({ status: 409, code: 'not_published' });
  });
});
