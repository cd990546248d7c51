import type { Payment } from '@eduplatform/contracts/payments';
import { documentKeys, listMember, lists } from '@eduplatform/contracts/redis-keys';
import type { Unversioned } from '../draft-change.ts';
import { columnOf } from '../key.ts';
import { keyedProjection } from '../keyed.ts';
import { receiptNumberOf } from '@eduplatform/contracts/receipts';
import { documentsOf, tombstone } from '../tombstone.ts';

const LOAD = `
  select p.id, p.user_id, p.course_id, p.course_title, p.status, p.list_amount, p.discount_amount, p.amount, p.currency,
         p.coupon_code, p.card_brand, p.card_last4, p.decline_code, p.receipt_number, p.created_at, p.settled_at,
         p.refunded_at
  from unnest($1::uuid[], $2::uuid[]) as asked (user_id, id)
  join payments p using (user_id, id)`;

interface Row {
  id: string;
  user_id: string;
  course_id: string;
  course_title: string;
  status: Payment['status'];
  list_amount: number;
  discount_amount: number;
  amount: number;
  currency: string;
  coupon_code: string | null;
  card_brand: string | null;
  card_last4: string | null;
  decline_code: string | null;
  receipt_number: number | null;
  created_at: Date;
  settled_at: Date | null;
  refunded_at: Date | null;
}

export function paymentDocument(row: Row): Unversioned {
  const money = (amount: number) => ({ amount, currency: row.currency });
  const { card_brand: brand, card_last4: last4 } = row;
  const payment: Payment = {
    id: row.id,
    courseId: row.course_id,
    courseTitle: row.course_title,
    status: row.status,
    listPrice: money(row.list_amount),
    discount: money(row.discount_amount),
    total: money(row.amount),
    couponCode: row.coupon_code,
    card: brand !== null && last4 !== null ? { brand, last4 } : null,
    declineCode: row.decline_code,
    receiptNumber: receiptNumberOf(row.receipt_number),
    createdAt: row.created_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
    refundedAt: row.refunded_at?.toISOString() ?? null,
  };
  return {
    key: documentKeys.payment(row.user_id, row.id),
    body: JSON.stringify(payment),
    lists: [{ list: lists.payments(row.user_id), member: listMember([row.created_at.getTime()], row.id) }],
  };
}

/** Payments with their receipts, as those see them who paid. */
export const payments = keyedProjection<Row>({
  kind: 'payments',
  table: 'payments',
  touches: { 'payment.changed': ({ userId, paymentId }) => [[userId, paymentId]] },
  all: `
    select array[user_id, id] as key from payments
    where (user_id, id) > (($1::uuid[])[1], ($1::uuid[])[2]) order by user_id, id limit $2`,
  async load(db, keys) {
    const values = [columnOf(keys, 0), columnOf(keys, 1)];
    return (await db.query<Row>({ name: 'load-payments', text: LOAD, values })).rows;
  },
  documents: (keys, rows) =>
    documentsOf(keys, rows, {
      keyOf: (row) => [row.user_id, row.id],
      document: paymentDocument,
      burial: ([userId = '', id = '']) => tombstone(documentKeys.payment(userId, id)),
    }),
});
