import type { Payment as PaymentDocument } from '@eduplatform/contracts/payments';
import type { ChargeAnswer, RefundAnswer } from './provider.ts';

export type PaymentStatus = PaymentDocument['status'];

/**
 * What was learnt of a charge: the provider's answer, that there was nothing to charge, or that no request arrived while it
 * was valid.
 */
export type Settlement = ChargeAnswer | { outcome: 'succeeded'; chargeId: null } | { outcome: 'never_arrived' };

const AFTER_CHARGE = {
  succeeded: 'succeeded',
  declined: 'declined',
  never_arrived: 'failed',
} as const satisfies Record<Settlement['outcome'], PaymentStatus>;

/** The status after the charge was settled, or null when it was settled before: by another process, or by an earlier answer. */
export const afterCharge = (status: PaymentStatus, settlement: Settlement): PaymentStatus | null =>
  status === 'pending' ? AFTER_CHARGE[settlement.outcome] : null;

/** Whether a payment that was given up turns out to be charged, which a provider that keeps `validUntil` rules out. */
export const isLateCharge = (status: PaymentStatus, settlement: Settlement): boolean =>
  settlement.outcome === 'succeeded' && (status === 'failed' || status === 'declined');

/** The status after the provider answered to a refund, or null when that was settled before. */
export function afterRefund(status: PaymentStatus, answer: RefundAnswer): PaymentStatus | null {
  if (status !== 'refunding') return null;
  return answer.outcome === 'refunded' ? 'refunded' : 'succeeded';
}

/** Receipts are numbered from 1 without regard to people or courses. */
export const receiptNumberOf = (number: number | null): string | null =>
  number === null ? null : `EDU-${String(number).padStart(6, '0')}`;
