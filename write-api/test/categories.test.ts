import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDraft, startHarness, type Harness, type Person } from './harness.ts';

let harness: Harness;
let admin: Person;
let teacher: Person;
beforeAll(async () => {
  harness = await startHarness();
  admin = await harness.person('admin');
  teacher = await harness.person('teacher');
});
afterAll(() => harness.stop());

const path = '/v1/admin/categories';
const music = { slug: 'music', name: { en: 'Music', ru: 'Музыка' }, hue: 315, motif: 'strings' };

describe('categories', () => {
  it('are added, changed and deleted by admins, each telling the outbox', async () => {
    const { send, outbox, pool } = harness;
    const created = await send('POST', path, { as: admin, body: music });
    expect(created.status).toBe(201);
    expect(created.headers['x-outbox-position']).toMatch(/^\d{10}-/);
    const changed = await send('PATCH', `${path}/music`, { as: admin, body: { hue: 1 } });
    expect(changed.body).toEqual({ slug: 'music' });
    const same = await send('PATCH', `${path}/music`, { as: admin, body: { hue: 1 } });
    expect(same.headers['x-outbox-position']).toMatch(/-0{19}$/);
    const { rows } = await pool.query(
      `select name_en, name_ru, hue, motif, sort_order from categories where slug = 'music'`,
    );
    expect(rows).toEqual([{ name_en: 'Music', name_ru: 'Музыка', hue: 1, motif: 'strings', sort_order: 1 }]);
    expect((await send('DELETE', `${path}/music`, { as: admin })).status).toBe(200);
    expect(await outbox('music')).toMatchObject(
      Array(3).fill({ type: 'category.changed', payload: { slug: 'music' } }),
    );
  });

  it('have their own slugs, and exist', async () => {
    const { send } = harness;
    expect((await send('POST', path, { as: admin, body: { ...music, slug: 'math' } })).body.code).toBe('slug_taken');
    expect((await send('PATCH', `${path}/nowhere`, { as: admin, body: { hue: 1 } })).body.code).toBe(
      'category_not_found',
    );
    expect((await send('DELETE', `${path}/nowhere`, { as: admin })).body.code).toBe('category_not_found');
    expect((await send('PATCH', `${path}/math`, { as: teacher, body: { hue: 1 } })).body.code).toBe('forbidden');
  });

  it('cannot be deleted while a draft or what readers see is in them', async () => {
    const { send } = harness;
    const remove = () => send('DELETE', `${path}/cooking`, { as: admin });
    const { id, version } = await createDraft(harness, teacher);
    expect((await remove()).body).toMatchObject({ status: 409, code: 'category_in_use' });
    await send('POST', `/v1/courses/${id}/publish`, { as: teacher, version });
    const moved = await send('PATCH', `/v1/courses/${id}`, {
      as: teacher,
      version: version + 1,
      body: { category: 'math' },
    });
    expect(moved.status).toBe(200);
    expect((await remove()).body).toMatchObject({ code: 'category_in_use' });
    await send('POST', `/v1/courses/${id}/publish`, { as: teacher, version: version + 2 });
    expect((await remove()).status).toBe(200);
  });
});
