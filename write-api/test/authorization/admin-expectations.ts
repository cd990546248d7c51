import { randomUUID } from 'node:crypto';
import { admins, members } from './actors.ts';
import type { Expectations, PlainExpectation } from './expectation.ts';
import type { Attempt } from './world.ts';

const NAMES = { name: { en: 'Music', ru: 'Музыка' } };

/** Category that no course is in. */
const categories = (body?: object): PlainExpectation => ({
  attempt: async ({ harness }) => {
    const slug = `c-${randomUUID()}`;
    await harness.pool.query(
      `insert into categories (slug, name_en, name_ru, hue, motif) values ($1, 'A', 'А', 1, 'waves')`,
      [slug],
    );
    return { url: `/v1/admin/categories/${slug}`, ...(body && { body }) };
  },
  any: admins('ok'),
});

/** Somebody who has applied as a teacher: nobody but an admin decides, not even about themselves. */
const people = (attempt: (id: string) => Attempt): PlainExpectation => ({
  attempt: async ({ harness }) => {
    const { id } = await harness.person('teacher', 'New', false);
    await harness.pool.query(`insert into teacher_applications (user_id, bio) values ($1, 'I bake.')`, [id]);
    return attempt(id);
  },
  any: admins('ok'),
});

export const adminExpectations: Expectations = {
  'POST /v1/admin/categories': {
    attempt: () => ({
      url: '/v1/admin/categories',
      body: { slug: `c-${randomUUID()}`, ...NAMES, hue: 1, motif: 'waves' },
    }),
    any: admins('ok'),
  },
  'PATCH /v1/admin/categories/:slug': categories({ hue: 2 }),
  'DELETE /v1/admin/categories/:slug': categories(),
  'POST /v1/teacher-applications': {
    attempt: () => ({ url: '/v1/teacher-applications', body: { bio: 'I bake.' } }),
    // Whoever may publish already has nothing to apply for.
    any: members('ok', { otherTeacher: 409, owner: 409, admin: 409 }),
  },
  'GET /v1/admin/teachers': { attempt: () => ({ url: '/v1/admin/teachers?status=pending' }), any: admins('ok') },
  'POST /v1/admin/teachers/:userId/verify': people((id) => ({ url: `/v1/admin/teachers/${id}/verify` })),
  'POST /v1/admin/teachers/:userId/reject': people((id) => ({
    url: `/v1/admin/teachers/${id}/reject`,
    body: { reason: 'No evidence' },
  })),
  'GET /v1/admin/users': { attempt: () => ({ url: '/v1/admin/users?q=a' }), any: admins('ok') },
  'POST /v1/admin/users/:userId/suspend': people((id) => ({
    url: `/v1/admin/users/${id}/suspend`,
    body: { reason: 'Spam' },
  })),
  'POST /v1/admin/users/:userId/restore': people((id) => ({ url: `/v1/admin/users/${id}/restore` })),
  'POST /v1/admin/notifications': {
    attempt: () => ({ url: '/v1/admin/notifications', body: { title: 'News', text: 'New courses.' } }),
    any: admins('ok'),
  },
  'GET /v1/admin/audit-log': { attempt: () => ({ url: '/v1/admin/audit-log' }), any: admins('ok') },
};
