import type { CourseProgress } from '@eduplatform/contracts/learning';
import type { Payment } from '@eduplatform/contracts/payments';

const DAYS = 30;
const DAY_MS = 86_400_000;
const BELOW_PERCENT = 50;

/** Whether asking for a refund is worth offering; the write API decides. `too-far`: half of the course is done. */
export type Refundable = 'yes' | 'too-late' | 'too-far' | 'nothing-charged';

/** `progress` is null where it is not known: then it does not stand in the way. `now` is in epoch milliseconds. */
export function canRefund(
  { status, settledAt, total }: Pick<Payment, 'status' | 'settledAt' | 'total'>,
  progress: Pick<CourseProgress, 'percent' | 'completion'> | null,
  now: number,
): Refundable {
  if (status !== 'succeeded' || settledAt === null || total.amount === 0) return 'nothing-charged';
  if (now - Date.parse(settledAt) > DAYS * DAY_MS) return 'too-late';
  if (progress && (progress.completion !== null || progress.percent >= BELOW_PERCENT)) return 'too-far';
  return 'yes';
}
