import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Harness, type Person } from './harness.ts';
import { booksOf, buy, cardOf, CARDS, sellCourse } from './support/shop.ts';

let harness: Harness;
let teacher: Person;
let course: Awaited<ReturnType<typeof sellCourse>>;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher', 'Ingrid');
  course = await sellCourse(harness, teacher);
});
afterAll(() => harness.stop());

const student = () => harness.person('student', 'Sam');
const notices = async (userId: string) => {
  const { rows } = await harness.pool.query<{ type: string }>(
    'select type from notifications where user_id = $1 order by id',
    [userId],
  );
  return rows.map(({ type }) => type);
};

describe('the checkout', () => {
  it('charges once, enrolls, numbers the receipt and tells the buyer and the outbox', async () => {
    const sam = await student();
    const answer = await buy(harness, sam, course.id, { key: 'first' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      courseId: course.id,
      courseTitle: 'Bread at home',
      status: 'succeeded',
      listPrice: { amount: 1999, currency: 'EUR' },
      discount: { amount: 0, currency: 'EUR' },
      total: { amount: 1999, currency: 'EUR' },
      card: { brand: 'visa', last4: '4242' },
      receiptNumber: expect.stringMatching(/^EDU-\d{6}$/),
    });
    expect(await booksOf(harness, sam.id, course.id)).toEqual({
      charges: 1,
      refunds: 0,
      isEnrolled: true,
      statuses: ['succeeded'],
    });
    expect(await notices(sam.id)).toEqual(['paid']);
    const events = await harness.outbox(answer.body.id);
    expect(events.map(({ type, aggregate_version: version }) => [type, version])).toEqual([
      ['payment.changed', 1],
      ['payment.changed', 2],
    ]);
    expect(answer.headers['x-outbox-position']).toBeDefined();
  });

  it('answers a replay with the same status and body, and charges nothing', async () => {
    const sam = await student();
    const first = await buy(harness, sam, course.id, { key: 'again' });
    const second = await buy(harness, sam, course.id, { key: 'again' });
    expect([second.status, second.text]).toEqual([201, first.text]);
    expect(second.headers['x-outbox-position']).toBe(first.headers['x-outbox-position']);
    expect((await booksOf(harness, sam.id, course.id)).charges).toBe(1);
  });

  it('answers replays at the same moment like the first', async () => {
    const sam = await student();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => buy(harness, sam, course.id, { key: 'burst' })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ charges: 1, statuses: ['succeeded'] });
  });

  it('refuses another request with the key, also with another card', async () => {
    const sam = await student();
    await buy(harness, sam, course.id, { key: 'mine' });
    for (const options of [{ card: CARDS.declined }, { couponCode: 'OTHER' }]) {
      const other = await buy(harness, sam, course.id, { key: 'mine', ...options });
      expect(other.body).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
    }
  });

  it('buys once when clicked twice', async () => {
    const sam = await student();
    const answers = await Promise.all([1, 2, 3].map(() => buy(harness, sam, course.id)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    const codes = answers.filter(({ status }) => status === 409).map(({ body }) => body.code);
    expect(codes).toEqual(['already_enrolled', 'already_enrolled']);
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ charges: 1, statuses: ['succeeded'] });
  });

  it.each([
    [CARDS.declined, 'card_declined'],
    [CARDS.poor, 'insufficient_funds'],
    ['5555 5555 5555 4444', 'card_declined'],
  ])('says why the card %s is declined, and lets another be tried', async (card, declineCode) => {
    const sam = await student();
    const declined = await buy(harness, sam, course.id, { card, key: 'declined' });
    expect(declined.headers['content-type']).toContain('application/problem+json');
    expect(declined.body).toMatchObject({
      status: 402,
      code: 'payment_declined',
      declineCode,
      paymentId: expect.any(String),
    });
    const replay = await buy(harness, sam, course.id, { card, key: 'declined' });
    expect([replay.status, replay.text]).toEqual([402, declined.text]);
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ charges: 0, isEnrolled: false });
    expect((await buy(harness, sam, course.id)).status).toBe(201);
    expect(await booksOf(harness, sam.id, course.id)).toEqual({
      charges: 1,
      refunds: 0,
      isEnrolled: true,
      statuses: ['declined', 'succeeded'],
    });
  });

  it('needs a key, a sign-in and a card that can be one', async () => {
    const sam = await student();
    const body = { courseId: course.id, card: cardOf(CARDS.good) };
    expect((await harness.send('POST', '/v1/payments', { as: sam, body })).body.code).toBe('idempotency_key_required');
    expect((await harness.send('POST', '/v1/payments', { body })).status).toBe(401);
    expect((await buy(harness, sam, course.id, { card: null })).body.code).toBe('card_required');
    const expired = await harness.send('POST', '/v1/payments', {
      as: sam,
      headers: { 'idempotency-key': 'x' },
      body: { courseId: course.id, card: { number: '4242424242424241', expiryMonth: 1, expiryYear: 2024, cvc: '123' } },
    });
    expect(expired.body).toMatchObject({ status: 422, code: 'card_invalid' });
    expect(expired.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'body/card/number',
      'body/card/expiryYear',
    ]);
    expect((await booksOf(harness, sam.id, course.id)).statuses).toEqual([]);
  });

  it('refuses what cannot be bought', async () => {
    const sam = await student();
    const free = await sellCourse(harness, teacher, null);
    expect((await buy(harness, sam, free.id)).body.code).toBe('course_is_free');
    expect((await buy(harness, teacher, course.id)).body.code).toBe('own_course');
    expect((await buy(harness, sam, '01900000-0000-7000-8000-000000000000')).body.code).toBe('course_not_found');
    const gone = await sellCourse(harness, teacher);
    await harness.send('POST', `/v1/courses/${gone.id}/unpublish`, { as: teacher, version: gone.version });
    expect((await buy(harness, sam, gone.id)).body.code).toBe('course_not_found');
    await buy(harness, sam, course.id);
    expect((await buy(harness, sam, course.id)).body.code).toBe('already_enrolled');
  });

  it('keeps price and title of the checkout when the teacher changes them', async () => {
    const sam = await student();
    const changing = await sellCourse(harness, teacher);
    const bought = await buy(harness, sam, changing.id);
    const patched = await harness.send('PATCH', `/v1/courses/${changing.id}`, {
      as: teacher,
      version: changing.version,
      body: { price: { amount: 9900, currency: 'USD' }, title: 'Dearer bread' },
    });
    await harness.send('POST', `/v1/courses/${changing.id}/publish`, { as: teacher, version: patched.body.version });
    const { rows } = await harness.pool.query(
      'select amount, list_amount, currency, course_title from payments where id = $1',
      [bought.body.id],
    );
    expect(rows).toEqual([{ amount: 1999, list_amount: 1999, currency: 'EUR', course_title: 'Bread at home' }]);
    const next = await buy(harness, await student(), changing.id);
    expect(next.body).toMatchObject({ total: { amount: 9900, currency: 'USD' }, courseTitle: 'Dearer bread' });
    const refunded = await harness.send('POST', `/v1/payments/${bought.body.id}/refund`, { as: sam, body: {} });
    expect(refunded.body).toMatchObject({ status: 'refunded', total: { amount: 1999, currency: 'EUR' } });
  });

  it('keeps neither number nor code of a card anywhere', async () => {
    const { rows } = await harness.pool.query<{ text: string }>(
      `select concat((select json_agg(p) from payments p), (select json_agg(k) from idempotency_keys k),
         (select json_agg(c) from mock_provider.charges c), (select json_agg(o) from outbox o)) as text`,
    );
    expect(rows[0]?.text).toContain('4242');
    expect(rows[0]?.text).not.toMatch(/4242 ?4242 ?4242|"cvc"/);
  });
});

describe('a service without a provider', () => {
  it('takes no money, but says what a course would cost', async () => {
    const closed = await startHarness('production', { provider: () => null });
    try {
      const owner = await closed.person('teacher');
      const { id } = await sellCourse(closed, owner);
      const sam = await closed.person('student');
      expect((await buy(closed, sam, id)).body).toMatchObject({ status: 503, code: 'payments_unavailable' });
      const quote = await closed.send('POST', '/v1/payments/quote', { as: sam, body: { courseId: id } });
      expect(quote.body).toMatchObject({ total: { amount: 1999, currency: 'EUR' } });
    } finally {
      await closed.stop();
    }
  });
});
