import { randomUUID } from 'node:crypto';
import { admins } from './actors.ts';
import type { Expectations, PlainExpectation } from './expectation.ts';

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
};
