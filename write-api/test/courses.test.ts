import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDraft, startHarness, type Harness, type Person } from './harness.ts';

let harness: Harness;
let teacher: Person;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher', 'Ingrid Halvorsen');
});
afterAll(() => harness.stop());

describe('a course', () => {
  it('is created as a draft of its teacher, with a slug from its title', async () => {
    const { send, outbox } = harness;
    const answer = await send('POST', '/v1/courses', {
      as: teacher,
      body: { title: 'Хлеб дома', category: 'cooking' },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ courseId: expect.any(String), version: 1, id: answer.body.courseId });
    expect(answer.headers).toMatchObject({ etag: '"1"', 'x-outbox-position': expect.stringMatching(/^\d{10}-/) });
    const draft = await send('GET', `/v1/studio/courses/${answer.body.courseId}`, { as: teacher });
    expect(draft.headers.etag).toBe('"1"');
    expect(draft.body).toMatchObject({ slug: 'khleb-doma', state: 'draft', language: 'en', price: null, modules: [] });
    expect(await outbox(answer.body.courseId)).toMatchObject([
      { type: 'course.draft_changed', aggregate_version: 1, payload: { change: 'created' } },
    ]);
  });

  it('is published', async () => {
    const { send } = harness;
    const draft = await createDraft(harness, teacher);
    const published = await send('POST', `/v1/courses/${draft.id}/publish`, { as: teacher, version: draft.version });
    expect(published.body).toEqual({
      courseId: draft.id,
      version: draft.version + 1,
      revision: 1,
      slug: 'bread-at-home',
    });
  });
});
