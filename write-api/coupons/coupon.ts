import type { Money } from '@eduplatform/contracts/primitives';

/** A coupon as it stands in the database. Rules here are pure. */
export interface Coupon {
  id: string;
  ownerId: string;
  /** Null: any course of the owner. */
  courseId: string | null;
  courseTitle: string | null;
  code: string;
  /** One of the two is set. */
  percentOff: number | null;
  amountOff: Money | null;
  maxRedemptions: number | null;
  /** Payments that used it, pending ones included; a refund gives none back. */
  redemptions: number;
  startsAt: Date;
  expiresAt: Date | null;
  isActive: boolean;
  version: number;
}

/** Why a coupon does not work: codes for the storefront, sentences for everybody else. */
export const COUPON_REFUSALS = {
  unknown: 'there is no such coupon',
  other_course: 'this coupon is for another course',
  inactive: 'this coupon does not work any more',
  not_started: 'this coupon does not work yet',
  expired: 'this coupon has expired',
  used_up: 'this coupon was used as often as it may be',
  other_currency: 'this coupon is for another currency',
} as const;
export type CouponRefusal = keyof typeof COUPON_REFUSALS;

/** Why the coupon does not work for a course at a price, or null when it does. */
export function refusalOf(
  coupon: Coupon | undefined,
  course: { id: string; ownerId: string; price: Money },
  now: Date,
): CouponRefusal | null {
  if (!coupon) return 'unknown';
  if (coupon.ownerId !== course.ownerId) return 'other_course';
  if (coupon.courseId !== null && coupon.courseId !== course.id) return 'other_course';
  if (!coupon.isActive) return 'inactive';
  if (coupon.startsAt > now) return 'not_started';
  if (coupon.expiresAt && coupon.expiresAt <= now) return 'expired';
  if (coupon.maxRedemptions !== null && coupon.redemptions >= coupon.maxRedemptions) return 'used_up';
  if (coupon.amountOff && coupon.amountOff.currency !== course.price.currency) return 'other_currency';
  return null;
}

/** What a coupon takes off a price, in minor units: rounded down, never more than the price. */
export function discountOf(coupon: Pick<Coupon, 'percentOff' | 'amountOff'>, price: Money): number {
  const off =
    coupon.percentOff === null ? (coupon.amountOff?.amount ?? 0) : Math.floor((price.amount * coupon.percentOff) / 100);
  return Math.min(off, price.amount);
}
