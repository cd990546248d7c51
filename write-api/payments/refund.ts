import type { PaymentStatus } from './payment.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;
/** Who has done half of a course has had it. */
const REFUNDABLE_BELOW_PERCENT = 50;

export interface RefundCase {
  status: PaymentStatus;
  settledAt: Date | null;
  /** Of the live lessons, 0 to 100. */
  percent: number;
  isCompleted: boolean;
  /** Admins may refund what the rule for buyers refuses. */
  byAdmin: boolean;
}

export type RefundDecision = { kind: 'refund' } | { kind: 'already' } | { kind: 'refused'; because: string };

/** Whether a payment is refunded, wholly. One that is being or was refunded is not refunded again. */
export function decideRefund(
  { status, settledAt, percent, isCompleted, byAdmin }: RefundCase,
  now: Date,
): RefundDecision {
  if (status === 'refunding' || status === 'refunded') return { kind: 'already' };
  if (status !== 'succeeded' || !settledAt) return { kind: 'refused', because: 'nothing was charged' };
  if (byAdmin) return { kind: 'refund' };
  if (isCompleted) return { kind: 'refused', because: 'the course was completed' };
  if (now.getTime() - settledAt.getTime() > DAYS * DAY_MS) {
    return { kind: 'refused', because: `a payment can be refunded within ${DAYS} days` };
  }
  if (percent >= REFUNDABLE_BELOW_PERCENT) {
    return { kind: 'refused', because: `a course can be refunded below ${REFUNDABLE_BELOW_PERCENT} % progress` };
  }
  return { kind: 'refund' };
}
