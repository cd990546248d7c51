import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { Payment as PaymentDocument } from '@eduplatform/contracts/payments';
import { progressOf } from '@eduplatform/contracts/progress';
import type { Position } from '@eduplatform/contracts/positions';
import { transaction, type Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { audit } from '../admin/audit.ts';
import { lockActor } from '../commands/actor.ts';
import { record } from '../commands/outcome.ts';
import { findLiveCourse } from '../courses/live-course.ts';
import { lockEnrollment } from '../enrollments/enroll.ts';
import type { PaymentDeps } from './deps.ts';
import { settledPayments } from './metrics.ts';
import { lockPayment, paymentDocument, savePayment, type Payment } from './payment-store.ts';
import { withinTime, type RefundAnswer } from './provider.ts';
import { decideRefund } from './refund.ts';
import { paymentChanged, settleRefund } from './settle.ts';
import { firstCheckMs } from './timing.ts';

/** What a refund is answered with: 202 while the provider has not answered. */
export interface RefundResult {
  status: 200 | 202;
  body: PaymentDocument;
  position: Position;
}

/**
 * Gives all of a payment back and ends its enrollment. Like the checkout in three steps: a transaction that decides, the
 * provider with no transaction open, a transaction that settles. A payment that was refunded is answered as it stands.
 * Throws payment_not_found, not_refundable.
 */
export async function refund(
  deps: PaymentDeps,
  request: FastifyRequest,
  paymentId: string,
  reason: string | null,
): Promise<RefundResult> {
  const begun = await transaction(deps.pool, (tx) => begin(tx, deps, request, paymentId, reason));
  deps.notifier.wake();
  const { payment } = begun;
  if (payment.status !== 'refunding') return answerOf(begun);
  if (!begun.isNew) return waitForOther(deps, begun);
  const answer = await askProvider(deps, payment);
  if (!answer) return answerOf(begun);
  const settled = await transaction(deps.pool, (tx) => settleRefund(tx, paymentId, answer, new Date())).catch(
    (error: unknown) => {
      // Money has moved, so this is no failure: the reconciler asks the provider again.
      deps.logger.error({ err: error, paymentId }, 'a refund could not be settled; it is pending');
      return begun;
    },
  );
  deps.notifier.wake();
  if (settled.payment.status === 'refunded') settledPayments.inc({ outcome: 'refunded', by: 'request' });
  return answerOf(settled);
}

interface Begun {
  payment: Payment;
  position: Position;
  isNew: boolean;
}

async function begin(
  tx: Tx,
  deps: PaymentDeps,
  request: FastifyRequest,
  paymentId: string,
  reason: string | null,
): Promise<Begun> {
  const now = new Date();
  const actor = await lockActor(tx, request);
  const payment = await lockPayment(tx, paymentId);
  const isBuyer = payment?.userId === actor.id;
  const byAdmin = actor.role === 'admin';
  if (!payment || !(isBuyer || byAdmin)) throw new ProblemError('payment_not_found');
  const decision = decideRefund({ ...payment, ...(await studyOf(tx, payment)), byAdmin }, now);
  if (decision.kind === 'already') return { payment, position: await record(tx, []), isNew: false };
  if (decision.kind === 'refused') throw new ProblemError('not_refundable', decision.because);
  const isFree = payment.amount === 0;
  if (!isFree && deps.provider?.name !== payment.provider) throw new ProblemError('payments_unavailable');
  await tx.query('update payments set refund_reason = $2, refund_requested_by = $3 where id = $1', [
    paymentId,
    reason,
    actor.id,
  ]);
  if (!isBuyer) await audit(tx, actor, 'payment.refund', { type: 'payment', id: paymentId }, { reason });
  const refunding = await savePayment(tx, { ...payment, status: 'refunding' }, firstCheckMs(deps.timing));
  if (isFree) return settleRefund(tx, paymentId, { outcome: 'refunded', refundId: null }, now);
  return { payment: refunding, position: await record(tx, [paymentChanged(refunding)]), isNew: true };
}

/**
 * How far the buyer is in the course, and stays until the transaction ends: the enrollment is locked. Of a course that is
 * not published any more nothing is left to be had.
 */
async function studyOf(tx: Tx, { userId, courseId }: Payment): Promise<{ percent: number; isCompleted: boolean }> {
  const course = await findLiveCourse(tx, courseId);
  await lockEnrollment(tx, userId, courseId);
  const { rows } = await tx.query<{ done: string[]; isCompleted: boolean }>(
    `select array(select lesson_id::text from lesson_progress
         where user_id = $1 and course_id = $2 and completed_at is not null) as done,
       exists (select 1 from completions where user_id = $1 and course_id = $2) as "isCompleted"`,
    [userId, courseId],
  );
  const { done = [], isCompleted = false } = rows[0] ?? {};
  return { percent: progressOf(course?.lessonIds ?? [], done).percent, isCompleted };
}

/** Asks for the refund of a payment, however often: null when there is no answer. Also the reconciler's way. */
export async function askProvider(
  { provider, timing, logger }: Pick<PaymentDeps, 'provider' | 'timing' | 'logger'>,
  { id, providerChargeId, amount, currency }: Payment,
): Promise<RefundAnswer | null> {
  if (!provider || providerChargeId === null) throw new Error(`payment ${id} has no charge that could be refunded`);
  const request = { idempotencyKey: id, chargeId: providerChargeId, total: { amount, currency } };
  try {
    return await withinTime(timing.answerMs, (signal) => provider.refund(request, signal));
  } catch (error) {
    logger.warn({ err: error, paymentId: id }, 'the payment provider gave no answer; the refund is pending');
    return null;
  }
}

/** Somebody else, or an earlier click, is at it: waits for them a bounded time. */
async function waitForOther(deps: PaymentDeps, begun: Begun): Promise<RefundResult> {
  const deadline = performance.now() + deps.timing.waitMs;
  let current = begun;
  while (current.payment.status === 'refunding' && performance.now() < deadline) {
    await pause(deps.timing.pollMs);
    current = await transaction(deps.pool, async (tx) => {
      const payment = await lockPayment(tx, begun.payment.id);
      if (!payment) throw new ProblemError('payment_not_found');
      return { payment, position: await record(tx, []), isNew: false };
    });
  }
  return answerOf(current);
}

/** Everybody who asked is told the same. Throws not_refundable when the payment is as it was before. */
function answerOf({ payment, position }: Begun): RefundResult {
  if (payment.status === 'succeeded') {
    throw new ProblemError('not_refundable', 'the payment provider refuses to refund it');
  }
  return { status: payment.status === 'refunding' ? 202 : 200, body: paymentDocument(payment), position };
}
