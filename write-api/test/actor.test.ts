import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDraft, startHarness, type Answer, type Harness, type Person } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

let count = 0;
const course = () => ({ title: `Course ${(count += 1)}`, category: 'cooking' });
const create = (as: Person): Promise<Answer> => harness.send('POST', '/v1/courses', { as, body: course() });
const list = (as: Person): Promise<Answer> => harness.send('GET', '/v1/studio/courses', { as });
const set = (person: Person, assignment: string) =>
  harness.pool.query(`update users set ${assignment} where id = $1`, [person.id]);

describe('commands judge who gives them by what they are now, not by their token', () => {
  it('so a student who became a teacher may teach at once', async () => {
    const person = await harness.person('student');
    expect((await create(person)).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await list(person)).status).toBe(403);
    await set(person, `role = 'teacher'`);
    expect((await create(person)).status).toBe(201);
    expect((await list(person)).body.items).toHaveLength(1);
  });

  it('so an admin who is none any more changes nothing', async () => {
    const person = await harness.person('admin');
    await set(person, `role = 'student'`);
    const body = { slug: 'music', name: { en: 'Music', ru: 'Музыка' }, hue: 10, motif: 'waves' };
    const answer = await harness.send('POST', '/v1/admin/categories', { as: person, body });
    expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('so a suspended or deleted user is refused at once', async () => {
    const person = await harness.person('teacher');
    await set(person, `suspended_at = now(), suspension_reason = 'spam'`);
    for (const answer of [await create(person), await list(person)]) {
      expect(answer.body).toMatchObject({ status: 403, code: 'account_suspended' });
    }
    await set(person, `suspended_at = null, suspension_reason = null, deleted_at = now()`);
    expect((await create(person)).body).toMatchObject({ status: 401, code: 'invalid_token' });
  });
});

it('an unverified teacher drafts, but does not publish; an admin does without being verified', async () => {
  const teacher = await harness.person('teacher', 'New', false);
  const publish = async (as: Person) => {
    const { id, version } = await createDraft(harness, as, course().title);
    return harness.send('POST', `/v1/courses/${id}/publish`, { as, version });
  };
  expect((await publish(teacher)).body).toMatchObject({ status: 403, code: 'teacher_not_verified' });
  await set(teacher, 'is_verified = true');
  expect((await publish(teacher)).status).toBe(200);
  expect((await publish(await harness.person('admin'))).status).toBe(200);
});

it('every admin command is noted with who gave it', async () => {
  const admin = await harness.person('admin');
  const body = { slug: 'gardens', name: { en: 'Gardens', ru: 'Сады' }, hue: 10, motif: 'waves' };
  await harness.send('POST', '/v1/admin/categories', { as: admin, body });
  await harness.send('DELETE', '/v1/admin/categories/gardens', { as: admin });
  const { rows } = await harness.pool.query(
    `select action, subject_type, details ->> 'hue' as hue from audit_log
     where admin_id = $1 and subject_id = 'gardens' order by id`,
    [admin.id],
  );
  expect(rows).toEqual([
    { action: 'category.create', subject_type: 'category', hue: '10' },
    { action: 'category.delete', subject_type: 'category', hue: null },
  ]);
});
