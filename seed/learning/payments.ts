import type { CopyValue } from '../copy.ts';
import { seedId } from '../seed-id.ts';
import type { PlannedEnrollment } from './plan.ts';

/** What a payment consists of: at the provider's and here. */
export interface PaymentRows {
  paymentIds: string[];
  charges: CopyValue[][];
  refunds: CopyValue[][];
  payments: CopyValue[][];
}

/** Between a card that was declined and the next one. */
const SECOND_TRY_MS = 90_000;

const nameOf = ({ course, student }: PlannedEnrollment): string => `payment ${course.slug} ${student.id}`;

/** The payment that counts. */
export const paymentIdOf = (planned: PlannedEnrollment): string => seedId(nameOf(planned), planned.enrolledAt);

/** The rows of how an enrollment was paid, the payment that counts last; null where nothing was. */
export function paymentRows(planned: PlannedEnrollment, title: string, nextReceipt: () => number): PaymentRows | null {
  const { course, student, enrolledAt, isSecondTry, refundedAt } = planned;
  if (!course.price) return null;
  const { amount, currency } = course.price;
  const id = paymentIdOf(planned);
  const chargeId = `ch_${id}`;
  const refundId = refundedAt && `re_${id}`;
  const status = refundedAt ? 'refunded' : 'succeeded';
  const rows: PaymentRows = {
    paymentIds: [id],
    charges: [[id, chargeId, amount, currency, 'succeeded', null, enrolledAt]],
    refunds: refundedAt ? [[`refund-${id}`, refundId, chargeId, amount, refundedAt]] : [],
    payments: [
      [
        id, student.id, course.id, title, amount, amount, currency, status, 'mock', chargeId, refundId, 'visa', '4242',
        null, `demo-${id}`, nextReceipt(), refundedAt && student.id, enrolledAt, enrolledAt, refundedAt,
      ],
    ],
  }; // prettier-ignore
  if (!isSecondTry) return rows;
  const triedAt = new Date(enrolledAt.getTime() - SECOND_TRY_MS);
  const triedId = seedId(`declined ${nameOf(planned)}`, triedAt);
  rows.paymentIds.unshift(triedId);
  rows.charges.unshift([triedId, `ch_${triedId}`, amount, currency, 'declined', 'card_declined', triedAt]);
  rows.payments.unshift([
    triedId, student.id, course.id, title, amount, amount, currency, 'declined', 'mock', null, null, 'visa', '0002',
    'card_declined', `demo-${triedId}`, null, null, triedAt, triedAt, null,
  ]); // prettier-ignore
  return rows;
}
