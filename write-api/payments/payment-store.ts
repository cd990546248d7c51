import type { Payment as PaymentDocument } from '@eduplatform/contracts/payments';
import type { Queryable, Tx } from '@eduplatform/db/transaction';
import type { CardSummary } from './card.ts';
import { receiptNumberOf, type PaymentStatus } from './payment.ts';

/** A payment as it is stored. Title and prices are those of the checkout; nothing ever changes them. */
export interface Payment {
  id: string;
  userId: string;
  courseId: string;
  courseTitle: string;
  listAmount: number;
  discountAmount: number;
  amount: number;
  currency: string;
  couponId: string | null;
  couponCode: string | null;
  status: PaymentStatus;
  provider: string;
  providerChargeId: string | null;
  providerRefundId: string | null;
  cardBrand: string | null;
  cardLast4: string | null;
  declineCode: string | null;
  idempotencyKey: string;
  receiptNumber: number | null;
  version: number;
  createdAt: Date;
  settledAt: Date | null;
  refundedAt: Date | null;
}

const COLUMNS = `
  id, user_id as "userId", course_id as "courseId", course_title as "courseTitle", list_amount as "listAmount",
  discount_amount as "discountAmount", amount, currency, coupon_id as "couponId", coupon_code as "couponCode", status,
  provider, provider_charge_id as "providerChargeId", provider_refund_id as "providerRefundId",
  card_brand as "cardBrand", card_last4 as "cardLast4", decline_code as "declineCode",
  idempotency_key as "idempotencyKey", receipt_number as "receiptNumber", version, created_at as "createdAt",
  settled_at as "settledAt", refunded_at as "refundedAt"`;

export type NewPayment = Pick<
  Payment,
  | 'userId' | 'courseId' | 'courseTitle' | 'listAmount' | 'discountAmount' | 'currency' | 'couponId' | 'couponCode'
  | 'provider' | 'idempotencyKey'
> & { card: CardSummary | null }; // prettier-ignore

const INSERT = `
  insert into payments (user_id, course_id, course_title, list_amount, discount_amount, amount, currency, coupon_id,
    coupon_code, provider, idempotency_key, card_brand, card_last4, next_check_at)
  values ($1, $2, $3, $4, $5, $4::int - $5::int, $6, $7, $8, $9, $10, $11, $12,
    now() + make_interval(secs => $13::float8 / 1000))
  on conflict (user_id, course_id) where status in ('pending', 'succeeded', 'refunding') do nothing
  returning ${COLUMNS}`;

/**
 * A pending payment, or undefined when one of this person for this course is pending or paid. The reconciler looks at it
 * after `checkAfterMs`.
 */
export async function insertPayment(tx: Tx, payment: NewPayment, checkAfterMs: number): Promise<Payment | undefined> {
  const { rows } = await tx.query<Payment>(INSERT, [
    payment.userId,
    payment.courseId,
    payment.courseTitle,
    payment.listAmount,
    payment.discountAmount,
    payment.currency,
    payment.couponId,
    payment.couponCode,
    payment.provider,
    payment.idempotencyKey,
    payment.card?.brand ?? null,
    payment.card?.last4 ?? null,
    checkAfterMs,
  ]);
  return rows[0];
}

/** The payment, which nobody else can then change before the transaction ends. */
export async function lockPayment(tx: Tx, id: string): Promise<Payment | undefined> {
  const { rows } = await tx.query<Payment>(`select ${COLUMNS} from payments where id = $1 for update`, [id]);
  return rows[0];
}

/** Status of the payment of this person for this course that is neither refused nor refunded. */
export async function openPaymentStatus(
  db: Queryable | Tx,
  userId: string,
  courseId: string,
): Promise<PaymentStatus | null> {
  const { rows } = await db.query<{ status: PaymentStatus }>(
    `select status from payments
     where user_id = $1 and course_id = $2 and status in ('pending', 'succeeded', 'refunding')`,
    [userId, courseId],
  );
  return rows[0]?.status ?? null;
}

const SAVE = `
  update payments set status = $2, provider_charge_id = $3, provider_refund_id = $4, decline_code = $5,
    receipt_number = $6, settled_at = $7, refunded_at = $8, version = version + 1, checks = 0,
    next_check_at = case when $2 = 'refunding' then now() + make_interval(secs => $10::float8 / 1000) end
  where id = $1 and version = $9
  returning ${COLUMNS}`;

/** Saves what may change of a payment. The guard only fails when a caller forgot to lock. */
export async function savePayment(tx: Tx, payment: Payment, checkAfterMs = 0): Promise<Payment> {
  const { rows } = await tx.query<Payment>(SAVE, [
    payment.id,
    payment.status,
    payment.providerChargeId,
    payment.providerRefundId,
    payment.declineCode,
    payment.receiptNumber,
    payment.settledAt,
    payment.refundedAt,
    payment.version,
    checkAfterMs,
  ]);
  if (!rows[0]) throw new Error(`payment ${payment.id} was changed without its lock`);
  return rows[0];
}

export async function nextReceiptNumber(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ number: number }>(`select nextval('receipt_numbers') as number`);
  if (!rows[0]) throw new Error('the sequence gave no number');
  return rows[0].number;
}

/** The payment as its buyer sees it. */
export function paymentDocument(payment: Payment): PaymentDocument {
  const { currency, cardBrand, cardLast4 } = payment;
  return {
    id: payment.id,
    courseId: payment.courseId,
    courseTitle: payment.courseTitle,
    status: payment.status,
    listPrice: { amount: payment.listAmount, currency },
    discount: { amount: payment.discountAmount, currency },
    total: { amount: payment.amount, currency },
    couponCode: payment.couponCode,
    card: cardBrand && cardLast4 ? { brand: cardBrand, last4: cardLast4 } : null,
    declineCode: payment.declineCode,
    receiptNumber: receiptNumberOf(payment.receiptNumber),
    createdAt: payment.createdAt.toISOString(),
    settledAt: payment.settledAt?.toISOString() ?? null,
    refundedAt: payment.refundedAt?.toISOString() ?? null,
  };
}
