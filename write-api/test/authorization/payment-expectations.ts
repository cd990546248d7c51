import { randomUUID } from 'node:crypto';
import type { Person } from '../harness.ts';
import { cardOf, CARDS } from '../support/shop.ts';
import { members, teachers } from './actors.ts';
import type { Expectations } from './expectation.ts';
import type { World } from './world.ts';

/** A published course of the holder's that costs something. */
async function pricedCourse(world: World, holder: Person): Promise<string> {
  const { id } = await world.liveCourse(holder);
  await world.harness.pool.query(
    `update course_revisions set content = jsonb_set(content, '{price}', '{"amount": 1999, "currency": "EUR"}')
     where course_id = $1`,
    [id],
  );
  return id;
}

/** What the holder paid for a stranger's course: nothing, with a coupon, so that no provider is needed. */
async function payment(world: World, holder: Person): Promise<string> {
  const courseId = await pricedCourse(world, world.stranger);
  const { rows } = await world.harness.pool.query<{ id: string }>(
    `insert into payments (user_id, course_id, course_title, list_amount, discount_amount, amount, currency, status,
       provider, idempotency_key, settled_at)
     values ($1, $2, 'Bread', 1999, 1999, 0, 'EUR', 'succeeded', 'none', $3, now()) returning id`,
    [holder.id, courseId, randomUUID()],
  );
  return rows[0]?.id ?? '';
}

async function coupon(world: World, holder: Person): Promise<string> {
  const { rows } = await world.harness.pool.query<{ id: string }>(
    'insert into coupons (owner_id, code, percent_off) values ($1, $2, 10) returning id',
    [holder.id, randomUUID()],
  );
  return rows[0]?.id ?? '';
}

/** Whoever is asked for in the tests of one's own course teaches it, and the enrolled student has it already. */
const buying = { own: members(409), foreign: members('ok', { enrolledStudent: 409 }) };

export const paymentExpectations: Expectations = {
  'POST /v1/payments': {
    attempt: async (world, holder) => ({
      url: '/v1/payments',
      headers: { 'idempotency-key': randomUUID() },
      body: { courseId: await pricedCourse(world, holder), card: cardOf(CARDS.good) },
    }),
    ...buying,
  },
  'POST /v1/payments/quote': {
    attempt: async (world, holder) => ({
      url: '/v1/payments/quote',
      body: { courseId: await pricedCourse(world, holder) },
    }),
    ...buying,
  },
  'POST /v1/payments/:paymentId/refund': {
    attempt: async (world, holder) => ({ url: `/v1/payments/${await payment(world, holder)}/refund` }),
    own: members('ok'),
    foreign: members(404, { admin: 'ok' }),
  },
  'GET /v1/studio/coupons': { attempt: () => ({ url: '/v1/studio/coupons' }), any: teachers('ok') },
  'POST /v1/studio/coupons': {
    attempt: () => ({ url: '/v1/studio/coupons', body: { code: randomUUID(), percentOff: 10 } }),
    any: teachers('ok'),
  },
  'PATCH /v1/studio/coupons/:couponId': {
    attempt: async (world, holder) => ({
      url: `/v1/studio/coupons/${await coupon(world, holder)}`,
      body: { isActive: false },
    }),
    own: teachers('ok'),
    foreign: teachers(404, { admin: 'ok' }),
  },
};
