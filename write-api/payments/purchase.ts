import type { Money } from '@eduplatform/contracts/primitives';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { Actor } from '../commands/outcome.ts';
import { findCouponByCode, lockCoupon } from '../coupons/coupon-store.ts';
import { COUPON_REFUSALS, discountOf, refusalOf, type Coupon } from '../coupons/coupon.ts';
import { loadLiveCourse, type LiveCourse } from '../courses/live-course.ts';

/** What somebody is about to buy, at the price of this moment. */
export interface Purchase {
  course: LiveCourse;
  coupon: Coupon | null;
  listPrice: Money;
  discount: Money;
  total: Money;
}

export interface PurchaseRequest {
  courseId: string;
  couponCode?: string;
  /** Keeps the coupon for this transaction: nobody else can use it up meanwhile. */
  reserve: boolean;
  now: Date;
}

/**
 * Judges whether the actor may buy the course, and for how much. Throws course_not_found, course_archived, own_course,
 * course_is_free, already_enrolled, coupon_not_valid.
 */
export async function judgePurchase(
  tx: Tx,
  actor: Actor,
  { courseId, couponCode, reserve, now }: PurchaseRequest,
): Promise<Purchase> {
  const course = await loadLiveCourse(tx, courseId);
  if (course.isArchived) throw new ProblemError('course_archived');
  if (course.ownerId === actor.id) throw new ProblemError('own_course');
  if (!course.price) throw new ProblemError('course_is_free');
  const listPrice = course.price;
  const enrolled = await tx.query(
    'select 1 from enrollments where user_id = $1 and course_id = $2 and revoked_at is null',
    [actor.id, courseId],
  );
  if (enrolled.rowCount) throw new ProblemError('already_enrolled');
  const coupon =
    couponCode === undefined ? null : await usableCoupon(tx, couponCode, { ...course, price: listPrice }, reserve, now);
  const discount = coupon ? discountOf(coupon, listPrice) : 0;
  const { currency } = listPrice;
  return {
    course,
    coupon,
    listPrice,
    discount: { amount: discount, currency },
    total: { amount: listPrice.amount - discount, currency },
  };
}

async function usableCoupon(
  tx: Tx,
  code: string,
  course: { id: string; ownerId: string; price: Money },
  reserve: boolean,
  now: Date,
): Promise<Coupon> {
  const coupon = reserve ? await lockCoupon(tx, 'code', code) : await findCouponByCode(tx, code);
  const refusal = refusalOf(coupon, course, now);
  if (coupon && !refusal) return coupon;
  const reason = refusal ?? 'unknown';
  throw new ProblemError('coupon_not_valid', COUPON_REFUSALS[reason], {
    errors: [{ path: 'body/couponCode', message: COUPON_REFUSALS[reason], code: reason }],
  });
}
