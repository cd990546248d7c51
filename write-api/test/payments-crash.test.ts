import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconcile } from '../payments/reconciler.ts';
import { startHarness, type Harness, type Person } from './harness.ts';
import { CRASH_POINTS, sendAndCrash, type CrashPoint } from './support/crash.ts';
import { booksOf, buy, cardOf, CARDS, sellCourse } from './support/shop.ts';

let harness: Harness;
let course: Awaited<ReturnType<typeof sellCourse>>;
let couponId: string;
beforeAll(async () => {
  harness = await startHarness();
  const teacher = await harness.person('teacher');
  course = await sellCourse(harness, teacher);
  const coupon = await harness.send('POST', '/v1/studio/coupons', {
    as: teacher,
    body: { code: 'TEN', percentOff: 10 },
  });
  couponId = coupon.body.id;
});
afterAll(() => harness.stop());

const KEY = 'cut-off';
const checkOutAndCrash = (sam: Person, at: CrashPoint | null, card: string = CARDS.good) =>
  sendAndCrash({
    at,
    databaseUrl: harness.database.url,
    userId: sam.id,
    url: '/v1/payments',
    key: KEY,
    body: { courseId: course.id, couponCode: 'TEN', card: cardOf(card) },
  });
const refundAndCrash = (sam: Person, paymentId: string, at: CrashPoint) =>
  sendAndCrash({
    at,
    databaseUrl: harness.database.url,
    userId: sam.id,
    url: `/v1/payments/${paymentId}/refund`,
    body: {},
  });

/** The reconciler of a process that did not crash, at a time when nothing can be on its way to the provider any more. */
async function reconcileLater(): Promise<void> {
  await harness.pool.query(`update payments set next_check_at = now() where status in ('pending', 'refunding')`);
  const timing = { ...harness.payments.timing, chargeValidMs: 0, marginMs: 0 };
  await reconcile({ ...harness.payments, timing });
}

async function redemptions(): Promise<number> {
  const { rows } = await harness.pool.query<{ redemptions: number }>('select redemptions from coupons where id = $1', [
    couponId,
  ]);
  return rows[0]?.redemptions ?? -1;
}

/** What is left after the crash and after the reconciler, by the step at which the process was killed. */
const CHECKOUT: Record<CrashPoint, { crashed: string[]; settled: string[] }> = {
  'before commit 1': { crashed: [], settled: [] },
  'after commit 1': { crashed: ['pending'], settled: ['failed'] },
  'before the provider': { crashed: ['pending'], settled: ['failed'] },
  'after the provider': { crashed: ['pending'], settled: ['succeeded'] },
  'before commit 2': { crashed: ['pending'], settled: ['succeeded'] },
  'after commit 2': { crashed: ['succeeded'], settled: ['succeeded'] },
};

describe('a checkout that is killed', () => {
  it('is the checkout that works when it is not', async () => {
    const sam = await harness.person('student');
    const { signal, output } = await checkOutAndCrash(sam, null);
    expect(signal).toBeNull();
    expect(output).toMatch(/^201 /);
  });

  it.each(CRASH_POINTS)('%s ends in one charge with its enrollment, or in none', async (at) => {
    const sam = await harness.person('student');
    const usedBefore = await redemptions();
    expect((await checkOutAndCrash(sam, at)).signal).toBe('SIGKILL');
    expect((await booksOf(harness, sam.id, course.id)).statuses).toEqual(CHECKOUT[at].crashed);

    await reconcileLater();
    const books = await booksOf(harness, sam.id, course.id);
    const isBought = CHECKOUT[at].settled[0] === 'succeeded';
    expect(books).toEqual({
      charges: isBought ? 1 : 0,
      refunds: 0,
      isEnrolled: isBought,
      statuses: CHECKOUT[at].settled,
    });
    expect(await redemptions()).toBe(usedBefore + (isBought ? 1 : 0));

    const retry = await buy(harness, sam, course.id, { key: KEY, couponCode: 'TEN' });
    expect([retry.status, retry.body.status]).toEqual([201, 'succeeded']);
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ charges: 1, isEnrolled: true });
    expect(await redemptions()).toBe(usedBefore + 1);
  });

  it.each(['after the provider', 'before commit 2'] as const)('%s of a declined card charges nothing', async (at) => {
    const sam = await harness.person('student');
    const usedBefore = await redemptions();
    expect((await checkOutAndCrash(sam, at, CARDS.declined)).signal).toBe('SIGKILL');
    await reconcileLater();
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ charges: 0, statuses: ['declined'] });
    expect(await redemptions()).toBe(usedBefore);
    const replay = await buy(harness, sam, course.id, { key: KEY, couponCode: 'TEN', card: CARDS.declined });
    expect(replay.body).toMatchObject({ status: 402, code: 'payment_declined', declineCode: 'card_declined' });
  });
});

const REFUND: Record<CrashPoint, string> = {
  'before commit 1': 'succeeded',
  'after commit 1': 'refunded',
  'before the provider': 'refunded',
  'after the provider': 'refunded',
  'before commit 2': 'refunded',
  'after commit 2': 'refunded',
};

describe('a refund that is killed', () => {
  it.each(CRASH_POINTS)('%s ends in one refund without the enrollment, or in none', async (at) => {
    const sam = await harness.person('student');
    const { body } = await buy(harness, sam, course.id);
    expect((await refundAndCrash(sam, body.id, at)).signal).toBe('SIGKILL');
    await reconcileLater();
    const isRefunded = REFUND[at] === 'refunded';
    expect(await booksOf(harness, sam.id, course.id)).toEqual({
      charges: 1,
      refunds: isRefunded ? 1 : 0,
      isEnrolled: !isRefunded,
      statuses: [REFUND[at]],
    });
    const again = await harness.send('POST', `/v1/payments/${body.id}/refund`, { as: sam });
    expect([again.status, again.body.status]).toEqual([200, 'refunded']);
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ charges: 1, refunds: 1, isEnrolled: false });
  });
});
