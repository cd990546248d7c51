import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Harness, type Person } from './harness.ts';
import { booksOf, buy, CARDS, sellCourse } from './support/shop.ts';

let harness: Harness;
let teacher: Person;
let course: Awaited<ReturnType<typeof sellCourse>>;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher');
  course = await sellCourse(harness, teacher);
});
afterAll(() => harness.stop());

const create = (as: Person, body: object) => harness.send('POST', '/v1/studio/coupons', { as, body });
const redemptions = async (id: string) =>
  (await harness.pool.query('select redemptions from coupons where id = $1', [id])).rows[0]?.redemptions;

describe('coupons in the studio', () => {
  it('are made, listed and changed by their teacher, and by admins', async () => {
    const made = await create(teacher, { code: 'autumn-20', percentOff: 20, courseId: course.id, maxRedemptions: 3 });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      code: 'AUTUMN-20',
      courseId: course.id,
      courseTitle: 'Bread at home',
      percentOff: 20,
      amountOff: null,
      maxRedemptions: 3,
      redemptions: 0,
      isActive: true,
      version: 1,
    });
    const other = await harness.person('teacher');
    const patch = (as: Person, body: object) =>
      harness.send('PATCH', `/v1/studio/coupons/${made.body.id}`, { as, body });
    expect((await patch(other, { isActive: false })).body).toMatchObject({ status: 404, code: 'coupon_not_found' });
    expect((await patch(teacher, { maxRedemptions: null })).body).toMatchObject({ maxRedemptions: null, version: 2 });
    const admin = await harness.person('admin');
    expect((await patch(admin, { isActive: false })).body).toMatchObject({ isActive: false, version: 3 });
    const { rows } = await harness.pool.query('select action from audit_log where subject_id = $1', [made.body.id]);
    expect(rows).toEqual([{ action: 'coupon.change' }]);
    const list = async (as: Person) => (await harness.send('GET', '/v1/studio/coupons', { as })).body.items;
    expect((await list(teacher)).map(({ code }: { code: string }) => code)).toContain('AUTUMN-20');
    expect(await list(other)).toEqual([]);
    expect((await list(admin)).length).toBeGreaterThan(0);
  });

  it('page by cursor, newest first', async () => {
    const owner = await harness.person('teacher');
    for (const code of ['PAGE-1', 'PAGE-2', 'PAGE-3']) await create(owner, { code, percentOff: 5 });
    const first = (await harness.send('GET', '/v1/studio/coupons?limit=2', { as: owner })).body;
    expect(first.items.map(({ code }: { code: string }) => code)).toEqual(['PAGE-3', 'PAGE-2']);
    const next = await harness.send('GET', `/v1/studio/coupons?limit=2&cursor=${first.nextCursor}`, { as: owner });
    expect(next.body).toMatchObject({ items: [{ code: 'PAGE-1' }], nextCursor: null });
  });

  it('have a code of their own and one kind of discount', async () => {
    await create(teacher, { code: 'TWICE', percentOff: 5 });
    expect((await create(teacher, { code: 'twice', percentOff: 5 })).body).toMatchObject({
      status: 409,
      code: 'coupon_code_taken',
    });
    for (const body of [
      { code: 'NEITHER' },
      { code: 'BOTH', percentOff: 5, amountOff: { amount: 1, currency: 'EUR' } },
      { code: 'NOTHING', amountOff: { amount: 0, currency: 'EUR' } },
      { code: 'PAST', percentOff: 5, expiresAt: '2020-01-01T00:00:00Z' },
      { code: 'LEAP', percentOff: 5, expiresAt: '2030-12-31T23:59:60Z' },
    ]) {
      expect((await create(teacher, body)).body).toMatchObject({ status: 400, code: 'invalid_request' });
    }
    expect((await create(await harness.person('student'), { code: 'MINE', percentOff: 5 })).status).toBe(403);
    const other = await harness.person('teacher');
    expect((await create(other, { code: 'THEIRS', percentOff: 5, courseId: course.id })).status).toBe(403);
  });
});

describe('a coupon at the checkout', () => {
  it('takes its percentage off, and is written on the payment', async () => {
    const { body: coupon } = await create(teacher, { code: 'THIRD', percentOff: 33 });
    const sam = await harness.person('student');
    const quote = await harness.send('POST', '/v1/payments/quote', {
      as: sam,
      body: { courseId: course.id, couponCode: 'third' },
    });
    expect(quote.body).toEqual({
      courseId: course.id,
      listPrice: { amount: 1999, currency: 'EUR' },
      discount: { amount: 659, currency: 'EUR' },
      total: { amount: 1340, currency: 'EUR' },
      couponCode: 'THIRD',
    });
    expect(await redemptions(coupon.id)).toBe(0);
    const bought = await buy(harness, sam, course.id, { couponCode: 'Third' });
    expect(bought.body).toMatchObject({ total: { amount: 1340 }, discount: { amount: 659 }, couponCode: 'THIRD' });
    expect(await redemptions(coupon.id)).toBe(1);
    const { rows } = await harness.pool.query(`select amount from mock_provider.charges where idempotency_key = $1`, [
      bought.body.id,
    ]);
    expect(rows).toEqual([{ amount: 1340 }]);
  });

  it('that leaves nothing to pay needs neither card nor provider, and can be refunded', async () => {
    await create(teacher, { code: 'GIFT', percentOff: 100 });
    const sam = await harness.person('student');
    const bought = await buy(harness, sam, course.id, { couponCode: 'GIFT', card: null, key: 'gift' });
    expect(bought.status).toBe(201);
    expect(bought.body).toMatchObject({ status: 'succeeded', total: { amount: 0 }, card: null });
    expect((await buy(harness, sam, course.id, { couponCode: 'GIFT', card: null, key: 'gift' })).text).toBe(
      bought.text,
    );
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ charges: 0, isEnrolled: true });
    const refunded = await harness.send('POST', `/v1/payments/${bought.body.id}/refund`, { as: sam });
    expect(refunded.body.status).toBe('refunded');
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ refunds: 0, isEnrolled: false });
  });

  it('is given back when the card is declined', async () => {
    const { body: coupon } = await create(teacher, { code: 'ONCE', percentOff: 10, maxRedemptions: 1 });
    const sam = await harness.person('student');
    const declined = await buy(harness, sam, course.id, { couponCode: 'ONCE', card: CARDS.declined });
    expect(declined.status).toBe(402);
    expect(await redemptions(coupon.id)).toBe(0);
    expect((await buy(harness, sam, course.id, { couponCode: 'ONCE' })).status).toBe(201);
    const next = await buy(harness, await harness.person('student'), course.id, { couponCode: 'ONCE' });
    expect(next.body).toMatchObject({ status: 422, code: 'coupon_not_valid', errors: [{ code: 'used_up' }] });
    const shrink = await harness.send('PATCH', `/v1/studio/coupons/${coupon.id}`, {
      as: teacher,
      body: { maxRedemptions: 1, isActive: false },
    });
    expect(shrink.status).toBe(200);
  });

  it.each([
    ['unknown', { code: null }],
    ['other_course', { code: 'FOREIGN', percentOff: 5, foreign: true }],
    ['not_started', { code: 'EARLY', percentOff: 5, startsAt: '2099-01-01T00:00:00Z' }],
    ['other_currency', { code: 'DOLLARS', amountOff: { amount: 100, currency: 'USD' } }],
  ])('says why it does not work: %s', async (reason, { code, foreign = false, ...body }: Record<string, unknown>) => {
    const owner = foreign ? await harness.person('teacher') : teacher;
    if (code !== null) expect((await create(owner, { code, ...body })).status).toBe(201);
    const quote = await harness.send('POST', '/v1/payments/quote', {
      as: await harness.person('student'),
      body: { courseId: course.id, couponCode: code ?? 'NOBODYS' },
    });
    expect(quote.body).toMatchObject({ status: 422, code: 'coupon_not_valid', errors: [{ code: reason }] });
  });

  it('is never used more often than it may be, by fifty at once', async () => {
    const { body: coupon } = await create(teacher, { code: 'FIVE', percentOff: 50, maxRedemptions: 5 });
    const people = await Promise.all(Array.from({ length: 50 }, () => harness.person('student')));
    const answers = await Promise.all(people.map((sam) => buy(harness, sam, course.id, { couponCode: 'FIVE' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(answers.filter(({ body }) => body.code === 'coupon_not_valid')).toHaveLength(45);
    expect(await redemptions(coupon.id)).toBe(5);
  });
});
