import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { CheckoutBody } from '@eduplatform/contracts/http/payments';
import type { Position } from '@eduplatform/contracts/positions';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { claimKey } from '../commands/idempotency.ts';
import { idempotencyOf, type IdempotencyRequest } from '../commands/preconditions.ts';
import { summaryOf } from './card.ts';
import type { Payment } from './payment-store.ts';

/** What a checkout is answered with, first and at every replay. */
export interface CheckoutAnswer {
  status: 201 | 202 | 402;
  body: object;
  position: Position;
}

/** The Idempotency-Key of a checkout. Of the card only what is kept anyway is hashed. Throws idempotency_key_required. */
export function checkoutKeyOf(request: FastifyRequest, userId: string, body: CheckoutBody): IdempotencyRequest {
  const sent = idempotencyOf(request, userId);
  if (!sent) throw new ProblemError('idempotency_key_required');
  const asked = ['checkout', body.courseId, body.couponCode?.toUpperCase(), body.card && summaryOf(body.card)];
  return { ...sent, requestHash: createHash('sha256').update(JSON.stringify(asked)).digest() };
}

/**
 * Claims the key of a checkout: null when this request is the first, the answer of a finished one, or `running`. Unlike
 * other commands, a checkout commits its key before it has an answer. Throws idempotency_mismatch.
 */
export async function claimCheckout(tx: Tx, key: IdempotencyRequest): Promise<CheckoutAnswer | 'running' | null> {
  if (await claimKey(tx, key)) return null;
  const { rows } = await tx.query<{ requestHash: Buffer; response: CheckoutAnswer | null }>(
    'select request_hash as "requestHash", response from idempotency_keys where user_id = $1 and key = $2',
    [key.userId, key.key],
  );
  const stored = rows[0];
  if (!stored) return 'running';
  if (!stored.requestHash.equals(key.requestHash)) throw new ProblemError('idempotency_mismatch');
  return stored.response ?? 'running';
}

/** A key is forgotten after a day and may then be another request's: both rows are of one transaction, so of one time. */
const OF_PAYMENT = 'user_id = $1 and key = $2 and created_at = (select created_at from payments where id = $3)';

/** What replays are answered from now on. */
export async function storeAnswer(tx: Tx, payment: Payment, answer: CheckoutAnswer): Promise<void> {
  await tx.query(`update idempotency_keys set response = $4 where ${OF_PAYMENT}`, [
    payment.userId,
    payment.idempotencyKey,
    payment.id,
    JSON.stringify(answer),
  ]);
}

/** Nothing became of the payment, so its key may be used again. */
export async function freeKey(tx: Tx, payment: Payment): Promise<void> {
  await tx.query(`delete from idempotency_keys where ${OF_PAYMENT}`, [
    payment.userId,
    payment.idempotencyKey,
    payment.id,
  ]);
}
