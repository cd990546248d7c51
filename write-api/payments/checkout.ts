import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { Card, CheckoutBody } from '@eduplatform/contracts/http/payments';
import { transaction, type Tx } from '@eduplatform/db/transaction';
import { userOf } from '@eduplatform/http-kit/auth';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { lockActor } from '../commands/actor.ts';
import { record } from '../commands/outcome.ts';
import type { IdempotencyRequest } from '../commands/preconditions.ts';
import { redeemCoupon } from '../coupons/coupon-store.ts';
import { checkoutAnswer } from './answers.ts';
import { cardProblems, summaryOf } from './card.ts';
import { checkoutKeyOf, claimCheckout, storeAnswer, type CheckoutAnswer } from './checkout-key.ts';
import type { PaymentDeps } from './deps.ts';
import { undoLateCharge } from './late-charge.ts';
import { settledPayments } from './metrics.ts';
import { insertPayment, openPaymentStatus, type Payment } from './payment-store.ts';
import { withinTime, type ChargeAnswer } from './provider.ts';
import { judgePurchase } from './purchase.ts';
import { paymentChanged, settleCharge } from './settle.ts';
import { firstCheckMs } from './timing.ts';

/** How a checkout began: with a payment that waits for its charge, with its answer, or behind another that is running. */
type Begun =
  | { kind: 'charge'; payment: Payment; pending: CheckoutAnswer }
  | { kind: 'answered'; answer: CheckoutAnswer }
  | { kind: 'wait'; otherwise: 'idempotency_conflict' | 'payment_in_progress' };

/**
 * Buys a course: (1) a transaction claims the key, judges and reserves, leaving a pending payment; (2) the provider charges
 * it, with no transaction open; (3) a transaction settles it. Whatever ends in between, the reconciler finishes.
 */
export async function checkout(
  deps: PaymentDeps,
  request: FastifyRequest,
  body: CheckoutBody,
): Promise<CheckoutAnswer> {
  const now = new Date();
  const key = checkoutKeyOf(request, userOf(request).sub, body);
  const errors = body.card ? cardProblems(body.card, now) : [];
  if (errors.length > 0) {
    const detail = errors.map(({ path, message }) => `${path} ${message}`).join('; ');
    throw new ProblemError('card_invalid', detail, { errors });
  }
  const begun = await beginOrWait(deps, request, key, body);
  deps.notifier.wake();
  if (begun.kind === 'answered') return begun.answer;
  if (!body.card) throw new Error('a payment without a card waits for its charge');
  const answer = await charge(deps, begun.payment, body.card);
  return answer ? settle(deps, begun, answer) : leavePending(deps, begun);
}

async function beginOrWait(
  deps: PaymentDeps,
  request: FastifyRequest,
  key: IdempotencyRequest,
  body: CheckoutBody,
): Promise<Exclude<Begun, { kind: 'wait' }>> {
  const deadline = performance.now() + deps.timing.waitMs;
  for (;;) {
    const begun = await transaction(deps.pool, (tx) => begin(tx, deps, request, key, body)).catch(asWait);
    if (begun.kind !== 'wait') return begun;
    if (performance.now() >= deadline) {
      throw new ProblemError(begun.otherwise, undefined, { headers: { 'retry-after': '2' } });
    }
    await pause(deps.timing.pollMs);
  }
}

/** Takes the key back, so that it is claimed anew when the other payment has ended. */
class PaymentInProgress extends Error {}

function asWait(error: unknown): Begun {
  if (error instanceof PaymentInProgress) return { kind: 'wait', otherwise: 'payment_in_progress' };
  throw error;
}

async function begin(
  tx: Tx,
  deps: PaymentDeps,
  request: FastifyRequest,
  key: IdempotencyRequest,
  { courseId, couponCode, card }: CheckoutBody,
): Promise<Begun> {
  const now = new Date();
  const actor = await lockActor(tx, request);
  const replay = await claimCheckout(tx, key);
  if (replay === 'running') return { kind: 'wait', otherwise: 'idempotency_conflict' };
  if (replay) return { kind: 'answered', answer: replay };
  if ((await openPaymentStatus(tx, actor.id, courseId)) === 'pending') throw new PaymentInProgress();
  const purchase = await judgePurchase(tx, actor, {
    courseId,
    ...(couponCode !== undefined && { couponCode }),
    reserve: true,
    now,
  });
  const isFree = purchase.total.amount === 0;
  if (!isFree && !deps.provider) throw new ProblemError('payments_unavailable');
  if (!isFree && !card) throw new ProblemError('card_required');
  const payment = await insertPayment(
    tx,
    {
      userId: actor.id,
      courseId,
      courseTitle: purchase.course.title,
      listAmount: purchase.listPrice.amount,
      discountAmount: purchase.discount.amount,
      currency: purchase.total.currency,
      couponId: purchase.coupon?.id ?? null,
      couponCode: purchase.coupon?.code ?? null,
      provider: isFree || !deps.provider ? 'none' : deps.provider.name,
      idempotencyKey: key.key,
      card: isFree || !card ? null : summaryOf(card),
    },
    firstCheckMs(deps.timing),
  );
  if (!payment) throw new PaymentInProgress();
  if (purchase.coupon) await redeemCoupon(tx, purchase.coupon.id);
  const position = await record(tx, [paymentChanged(payment)]);
  if (!isFree) return { kind: 'charge', payment, pending: checkoutAnswer(payment, position) };
  const settled = await settleCharge(
    tx,
    payment.id,
    { outcome: 'succeeded', chargeId: null },
    { now, isAwaited: true },
  );
  settledPayments.inc({ outcome: settled.payment.status, by: 'checkout' });
  return { kind: 'answered', answer: checkoutAnswer(settled.payment, settled.position) };
}

/** The provider's answer, or null when there was none: then nobody knows yet whether money moved. */
async function charge(
  { provider, timing, logger }: PaymentDeps,
  payment: Payment,
  card: Card,
): Promise<ChargeAnswer | null> {
  if (!provider) throw new Error('there is no payment provider');
  const request = {
    idempotencyKey: payment.id,
    total: { amount: payment.amount, currency: payment.currency },
    card,
    validUntil: new Date(payment.createdAt.getTime() + timing.chargeValidMs),
  };
  try {
    return await withinTime(timing.answerMs, (signal) => provider.charge(request, signal));
  } catch (error) {
    logger.warn({ err: error, paymentId: payment.id }, 'the payment provider gave no answer; the payment is pending');
    return null;
  }
}

type Charging = Extract<Begun, { kind: 'charge' }>;

async function settle(
  deps: PaymentDeps,
  { payment, pending }: Charging,
  answer: ChargeAnswer,
): Promise<CheckoutAnswer> {
  const now = new Date();
  try {
    const settled = await transaction(deps.pool, (tx) =>
      settleCharge(tx, payment.id, answer, { now, isAwaited: true }),
    );
    if (settled.isNew) settledPayments.inc({ outcome: settled.payment.status, by: 'checkout' });
    else await undoLateCharge(deps, settled, answer);
    deps.notifier.wake();
    return checkoutAnswer(settled.payment, settled.position);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    // Money may have moved, so this is no failure: the reconciler asks the provider again.
    deps.logger.error({ err: error, paymentId: payment.id }, 'a payment could not be settled; it is pending');
    return pending;
  }
}

const ANSWER_PENDING = `update payments set next_check_at = now() where id = $1 and status = 'pending'`;

/** Replays are answered `pending` until the reconciler, which now looks at once, has settled the payment. */
async function leavePending(deps: PaymentDeps, { payment, pending }: Charging): Promise<CheckoutAnswer> {
  try {
    await transaction(deps.pool, async (tx) => {
      const { rowCount } = await tx.query(ANSWER_PENDING, [payment.id]);
      if (rowCount === 1) await storeAnswer(tx, payment, pending);
    });
  } catch (error) {
    deps.logger.warn({ err: error, paymentId: payment.id }, 'replays of a pending payment have to wait');
  }
  return pending;
}
