import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { Position } from '@eduplatform/contracts/positions';
import type { Tx } from '@eduplatform/db/transaction';
import { record } from '../commands/outcome.ts';
import { releaseCoupon } from '../coupons/coupon-store.ts';
import { requestCompletionCheck } from '../completions/requests.ts';
import { enroll, payFor, revokeEnrollment } from '../enrollments/enroll.ts';
import { notify, type Notice } from '../notifications/notify.ts';
import { checkoutAnswer } from './answers.ts';
import { freeKey, storeAnswer } from './checkout-key.ts';
import { lockPayment, nextReceiptNumber, savePayment, type Payment } from './payment-store.ts';
import { afterCharge, afterRefund, receiptNumberOf, type Settlement } from './payment.ts';
import type { RefundAnswer } from './provider.ts';

/** A payment as it stands after its settlement, and where its events are. */
export interface Settled {
  payment: Payment;
  position: Position;
  /** False when it had been settled before, by another process or an earlier answer. */
  isNew: boolean;
}

interface SettleContext {
  now: Date;
  /** Whoever waits for the answer sees what became of the payment; everybody else is told. */
  isAwaited: boolean;
}

/**
 * Settles a charge, exactly once however often and from wherever it is called: charged with its enrollment and a receipt
 * number, or not charged and its coupon free again. In the same transaction, replays of the checkout get their answer.
 */
export async function settleCharge(
  tx: Tx,
  paymentId: string,
  settlement: Settlement,
  { now, isAwaited }: SettleContext,
): Promise<Settled> {
  const before = await lockedPayment(tx, paymentId);
  const status = afterCharge(before.status, settlement);
  if (status === null) return { payment: before, position: await record(tx, []), isNew: false };
  const isCharged = settlement.outcome === 'succeeded';
  const payment = await savePayment(tx, {
    ...before,
    status,
    providerChargeId: isCharged ? settlement.chargeId : null,
    declineCode: settlement.outcome === 'declined' ? settlement.declineCode : null,
    receiptNumber: isCharged ? await nextReceiptNumber(tx) : null,
    settledAt: now,
  });
  const events = [
    paymentChanged(payment),
    ...(isCharged ? await enrollBuyer(tx, payment, now) : await letGo(tx, payment, { now, isAwaited })),
  ];
  const position = await record(tx, events);
  if (status === 'failed') await freeKey(tx, payment);
  else await storeAnswer(tx, payment, checkoutAnswer(payment, position));
  return { payment, position, isNew: true };
}

async function enrollBuyer(tx: Tx, payment: Payment, now: Date): Promise<OutboxEvent[]> {
  const { userId, courseId, courseTitle, amount, id } = payment;
  const notice: Notice = {
    userId,
    type: amount === 0 ? 'enrolled' : 'paid',
    params: { courseId, courseTitle, paymentId: id, receiptNumber: receiptNumberOf(payment.receiptNumber) ?? '' },
    link: '/my/courses',
  };
  // The course may have become free while the payment was on its way, and the buyer enrolled: that place is now paid for.
  const kept = await payFor(tx, { userId, courseId, paymentId: id });
  if (kept.length > 0) return [...kept, ...(await notify(tx, [notice], now))];
  const { events } = await enroll(tx, { userId, courseId, paymentId: id, now });
  return [...events, ...(await notify(tx, [notice], now))];
}

async function letGo(tx: Tx, payment: Payment, { now, isAwaited }: SettleContext): Promise<OutboxEvent[]> {
  const { userId, courseId, courseTitle, couponId, id } = payment;
  if (couponId !== null) await releaseCoupon(tx, couponId);
  if (isAwaited) return [];
  const params = { courseId, courseTitle, paymentId: id };
  return notify(tx, [{ userId, type: 'payment_failed', params, link: '/my/payments' }], now);
}

/** Settles a refund, exactly once: refunded with its enrollment ended, or, when the provider refuses, as it was before. */
export async function settleRefund(tx: Tx, paymentId: string, answer: RefundAnswer, now: Date): Promise<Settled> {
  const before = await lockedPayment(tx, paymentId);
  const status = afterRefund(before.status, answer);
  if (status === null) return { payment: before, position: await record(tx, []), isNew: false };
  const isRefunded = answer.outcome === 'refunded';
  const payment = await savePayment(tx, {
    ...before,
    status,
    ...(isRefunded && { providerRefundId: answer.refundId, refundedAt: now }),
  });
  // While it was open, nothing could be completed.
  if (!isRefunded) await requestCompletionCheck(tx, payment.courseId);
  const events = [paymentChanged(payment), ...(isRefunded ? await endEnrollment(tx, payment, now) : [])];
  return { payment, position: await record(tx, events), isNew: true };
}

async function endEnrollment(tx: Tx, payment: Payment, now: Date): Promise<OutboxEvent[]> {
  const { userId, courseId, courseTitle, id } = payment;
  const params = { courseId, courseTitle, paymentId: id };
  return [
    ...(await revokeEnrollment(tx, { userId, courseId, now })),
    ...(await notify(tx, [{ userId, type: 'refunded', params, link: '/my/payments' }], now)),
  ];
}

async function lockedPayment(tx: Tx, paymentId: string): Promise<Payment> {
  const payment = await lockPayment(tx, paymentId);
  if (!payment) throw new Error(`payment ${paymentId} is gone`);
  return payment;
}

export const paymentChanged = ({ id, userId, version }: Payment): OutboxEvent => ({
  type: 'payment.changed',
  aggregateType: 'payment',
  aggregateId: id,
  aggregateVersion: version,
  payload: { userId, paymentId: id },
});
