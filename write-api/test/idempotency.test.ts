import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDraft, startHarness, type Harness, type Person } from './harness.ts';

let harness: Harness;
let teacher: Person;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher');
});
afterAll(() => harness.stop());

const create = (key: string, title = 'Once', as = teacher) =>
  harness.send('POST', '/v1/courses', {
    as,
    headers: { 'idempotency-key': key },
    body: { title, category: 'cooking' },
  });

describe('an Idempotency-Key', () => {
  it('makes a retry answer as the first request did, and change nothing', async () => {
    const first = await create('retry');
    const rows = (await harness.outbox()).length;
    const second = await create('retry');
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    for (const header of ['etag', 'x-outbox-position']) expect(second.headers[header]).toBe(first.headers[header]);
    expect(await harness.outbox()).toHaveLength(rows);
  });

  it('makes requests at the same moment create once', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => create('burst', 'Burst')));
    expect(new Set(answers.map(({ body }) => body.courseId)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  });

  it('belongs to one request of one person', async () => {
    const { body } = await create('mine');
    expect((await create('mine', 'Another title')).body).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
    const other = await create('mine', 'Once', await harness.person('teacher'));
    expect(other.body.courseId).not.toBe(body.courseId);
  });

  it('of a request that failed can be used again', async () => {
    const send = (title: string) => create('again', title);
    const refused = await harness.send('POST', '/v1/courses', {
      as: teacher,
      headers: { 'idempotency-key': 'again' },
      body: { title: 'X', category: 'cooking', slug: 'studio' },
    });
    expect(refused.status).toBe(422);
    expect((await send('Fine')).status).toBe(201);
  });

  it('lets a retry with an older version through to its answer', async () => {
    const { id, version } = await createDraft(harness, teacher);
    const add = () =>
      harness.send('POST', `/v1/courses/${id}/modules`, {
        as: teacher,
        version,
        headers: { 'idempotency-key': 'module' },
        body: { title: 'Oven' },
      });
    const first = await add();
    expect((await add()).body).toEqual(first.body);
  });

  it('of a request that is still running is a conflict after the lock timeout', async () => {
    const { pool } = harness;
    const running = await pool.connect();
    try {
      await running.query('begin');
      await running.query(`insert into idempotency_keys (user_id, key, request_hash) values ($1, 'slow', '')`, [
        teacher.id,
      ]);
      const answer = await create('slow');
      expect(answer.body).toMatchObject({ status: 409, code: 'idempotency_conflict' });
      expect(answer.headers['retry-after']).toBe('1');
    } finally {
      await running.query('rollback');
      running.release();
    }
  });

  it.each(['', 'a b', 'x'.repeat(201), 'é'])('cannot be %j', async (key) => {
    expect((await create(key)).body).toMatchObject({ status: 400, code: 'invalid_idempotency_key' });
  });
});
