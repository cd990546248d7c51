import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { transaction } from '@eduplatform/db/transaction';
import { lateCharges } from '../payments/metrics.ts';
import { ProviderTimeoutError, type PaymentProvider } from '../payments/provider.ts';
import { reconcile, startReconciler } from '../payments/reconciler.ts';
import { settleCharge } from '../payments/settle.ts';
import { startHarness, type Harness, type Person } from './harness.ts';
import { booksOf, buy, CARDS, sellCourse } from './support/shop.ts';

/** Refunds of which the answer is lost, as often as told. */
const lost = { refunds: 0 };
/** What keeps the provider from answering to a refund, which it then refuses. */
let refusal: Promise<unknown> | undefined;
/** What happens to a payment while the provider, which charges it all the same, takes its time. */
let meanwhile: ((paymentId: string) => Promise<unknown>) | undefined;
const unreliable = (builtIn: PaymentProvider): PaymentProvider => ({
  ...builtIn,
  async charge(request, signal) {
    await meanwhile?.(request.idempotencyKey);
    return builtIn.charge(request, signal);
  },
  async refund(request, signal) {
    if (refusal) {
      await refusal;
      return { outcome: 'refused', reason: 'the account is closed' };
    }
    const answer = await builtIn.refund(request, signal);
    if (lost.refunds > 0) {
      lost.refunds -= 1;
      throw new ProviderTimeoutError();
    }
    return answer;
  },
});

let harness: Harness;
let teacher: Person;
let course: Awaited<ReturnType<typeof sellCourse>>;
beforeAll(async () => {
  harness = await startHarness('demo', {
    provider: unreliable,
    timing: {
      answerMs: 1000,
      chargeValidMs: 1500,
      marginMs: 50,
      waitMs: 200,
      pollMs: 10,
      reconcileMs: 20,
      recheckMs: 1,
    },
  });
  teacher = await harness.person('teacher');
  course = await sellCourse(harness, teacher);
});
afterAll(() => harness.stop());

const PATIENT = { timeout: 15_000 };
const settled = (userId: string, expected: string) =>
  vi.waitFor(async () => {
    await reconcile(harness.payments);
    expect((await booksOf(harness, userId, course.id)).statuses).toEqual([expected]);
  }, PATIENT);
const notices = async (userId: string) => {
  const { rows } = await harness.pool.query('select type from notifications where user_id = $1 order by id', [userId]);
  return rows.map(({ type }) => type);
};

describe('a payment whose answer is lost', () => {
  it('is pending, and settled by the reconciler with its one charge and the enrollment', async () => {
    const sam = await harness.person('student');
    const answer = await buy(harness, sam, course.id, { card: CARDS.answerLost, key: 'lost' });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ status: 'pending', receiptNumber: null, settledAt: null });
    expect(answer.headers['x-outbox-position']).toBeDefined();
    const replay = await buy(harness, sam, course.id, { card: CARDS.answerLost, key: 'lost' });
    expect([replay.status, replay.text]).toEqual([202, answer.text]);
    const other = await buy(harness, sam, course.id, { key: 'other' });
    expect(other.body).toMatchObject({ status: 409, code: 'payment_in_progress' });

    await settled(sam.id, 'succeeded');
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ charges: 1, isEnrolled: true });
    expect(await notices(sam.id)).toEqual(['paid']);
    const after = await buy(harness, sam, course.id, { card: CARDS.answerLost, key: 'lost' });
    expect(after.status).toBe(201);
    expect(after.body).toMatchObject({ id: answer.body.id, status: 'succeeded' });
  });

  it('fails when it never reached the provider, frees its key and tells the buyer', async () => {
    const sam = await harness.person('student');
    const answer = await buy(harness, sam, course.id, { card: CARDS.requestLost, key: 'gone' });
    expect(answer.status).toBe(202);
    await settled(sam.id, 'failed');
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ charges: 0, isEnrolled: false });
    expect(await notices(sam.id)).toEqual(['payment_failed']);
    expect((await buy(harness, sam, course.id, { key: 'gone' })).status).toBe(201);
  });

  it('is settled by one of several reconcilers', async () => {
    const people = await Promise.all([1, 2, 3, 4, 5].map(() => harness.person('student')));
    await Promise.all(people.map((sam) => buy(harness, sam, course.id, { card: CARDS.answerLost })));
    const reconcilers = [1, 2, 3].map(() => startReconciler(harness.payments));
    await vi.waitFor(async () => {
      for (const { id } of people) {
        expect(await booksOf(harness, id, course.id)).toMatchObject({ charges: 1, statuses: ['succeeded'] });
      }
    }, PATIENT);
    await Promise.all(reconcilers.map((reconciler) => reconciler.stop()));
    for (const { id } of people) expect(await notices(id)).toEqual(['paid']);
  });
});

describe('a charge that reaches the provider too late', () => {
  it('is declined, so that what was given up is never charged', async () => {
    const request = {
      idempotencyKey: 'late',
      total: { amount: 100, currency: 'EUR' },
      card: { number: CARDS.good, expiryMonth: 12, expiryYear: 2099, cvc: '123' },
      validUntil: new Date(Date.now() - 60_000),
    };
    const { provider } = harness.payments;
    const signal = new AbortController().signal;
    expect(await provider?.charge(request, signal)).toEqual({ outcome: 'declined', declineCode: 'request_expired' });
    expect(await provider?.findCharge('late', signal)).toBeNull();
  });
});

describe('a charge by a provider that does not keep to its time', () => {
  it('is given back, counted and logged, and the checkout says that the payment failed', async () => {
    const sam = await harness.person('student');
    meanwhile = (id) =>
      transaction(harness.pool, (tx) =>
        settleCharge(tx, id, { outcome: 'never_arrived' }, { now: new Date(), isAwaited: false }),
      );
    const logged = vi.spyOn(harness.payments.logger, 'error');
    const answer = await buy(harness, sam, course.id, { key: 'late' }).finally(() => (meanwhile = undefined));
    expect(answer.body).toMatchObject({ status: 503, code: 'payments_unavailable' });
    expect(await booksOf(harness, sam.id, course.id)).toEqual({
      charges: 1,
      refunds: 1,
      isEnrolled: false,
      statuses: ['failed'],
    });
    expect((await lateCharges.get()).values).toMatchObject([{ value: 1 }]);
    const { rows } = await harness.pool.query('select id from payments where user_id = $1', [sam.id]);
    expect(logged).toHaveBeenCalledWith(
      expect.objectContaining({ paymentId: rows[0].id, chargeId: expect.any(String) }),
      expect.stringContaining('had been given up'),
    );
    logged.mockRestore();
  });
});

describe('a refund whose answer is lost', () => {
  it('is pending until the reconciler has asked again, and made once', async () => {
    const sam = await harness.person('student');
    const { body } = await buy(harness, sam, course.id);
    lost.refunds = 2;
    const answer = await harness.send('POST', `/v1/payments/${body.id}/refund`, { as: sam });
    expect([answer.status, answer.body.status]).toEqual([202, 'refunding']);
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ refunds: 1, isEnrolled: true });
    const mark = () => harness.send('POST', `/v1/progress/lessons/${course.lessonId}/complete`, { as: sam });
    expect((await mark()).body).toMatchObject({ status: 409, code: 'payment_in_progress' });
    await harness.pool.query('update payments set next_check_at = now() where id = $1', [body.id]);
    await settled(sam.id, 'refunded');
    expect(await booksOf(harness, sam.id, course.id)).toEqual({
      charges: 1,
      refunds: 1,
      isEnrolled: false,
      statuses: ['refunded'],
    });
    expect((await mark()).body.code).toBe('not_enrolled');
  });
});

describe('a refund that the provider refuses', () => {
  it('is answered the same to everybody who asked', async () => {
    const sam = await harness.person('student');
    const { body } = await buy(harness, sam, course.id);
    const { promise, resolve } = Promise.withResolvers<null>();
    refusal = promise;
    const ask = () => harness.send('POST', `/v1/payments/${body.id}/refund`, { as: sam });
    const { timing } = harness.payments;
    const usual = { ...timing };
    Object.assign(timing, { answerMs: 15_000, waitMs: 15_000 });
    const begun = (count: number) => vi.waitFor(() => expect(harness.wakes.count).toBe(count), PATIENT);
    const before = harness.wakes.count;
    const first = ask();
    await begun(before + 1);
    const second = ask();
    await begun(before + 2);
    resolve(null);
    const answers = await Promise.all([first, second]).finally(() => {
      refusal = undefined;
      Object.assign(timing, usual);
    });
    for (const answer of answers) expect(answer.body).toMatchObject({ status: 409, code: 'not_refundable' });
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ isEnrolled: true, statuses: ['succeeded'] });
  });
});

it('a payment for a course that became free meanwhile pays for the place that was taken', async () => {
  const sam = await harness.person('student');
  await buy(harness, sam, course.id, { card: CARDS.answerLost });
  const insert = 'insert into enrollments (user_id, course_id) values ($1, $2) returning id';
  const { rows } = await harness.pool.query<{ id: string }>(insert, [sam.id, course.id]);
  await settled(sam.id, 'succeeded');
  expect(await harness.outbox(rows[0]?.id)).toMatchObject([{ type: 'enrollment.changed', aggregate_version: 2 }]);
});
