import type { Coupon, CreateCouponBody, PatchCouponBody } from '@eduplatform/contracts/http/payments';
import { parsePrice } from './price.ts';

/** Whether a coupon works now, and if not, why. */
export type CouponState = 'active' | 'inactive' | 'scheduled' | 'expired' | 'used_up';

type Limits = Pick<Coupon, 'isActive' | 'startsAt' | 'expiresAt' | 'maxRedemptions' | 'redemptions'>;

/** @param now milliseconds */
export function couponState(coupon: Limits, now: number): CouponState {
  if (!coupon.isActive) return 'inactive';
  if (Date.parse(coupon.startsAt) > now) return 'scheduled';
  if (coupon.expiresAt && Date.parse(coupon.expiresAt) <= now) return 'expired';
  const isUsedUp = coupon.maxRedemptions !== null && coupon.redemptions >= coupon.maxRedemptions;
  return isUsedUp ? 'used_up' : 'active';
}

/** What a form says, or the fields that cannot be read. */
export type Parsed<T> = { body: T; wrong?: never } | { wrong: string[]; body?: never };

export interface CouponFields {
  code: string;
  courseId: string;
  /** `percent`, or the currency of an amount. */
  unit: string;
  off: string;
  maxRedemptions: string;
  lastDay: string;
}

export function parseCoupon({ code, courseId, unit, off, ...limits }: CouponFields): Parsed<CreateCouponBody> {
  const { maxRedemptions, expiresAt, wrong } = parseLimits(limits);
  const discount = parseDiscount(unit, off);
  const isCode = /^[A-Za-z0-9-]{3,40}$/.test(code.trim());
  const refused = [...(isCode ? [] : ['code']), ...(discount ? [] : ['off']), ...wrong];
  if (refused.length > 0 || !discount) return { wrong: refused };
  return {
    body: { code: code.trim().toUpperCase(), courseId: courseId || null, ...discount, maxRedemptions, expiresAt },
  };
}

/** Limits alone, which may change later; empty fields take a limit away. */
export function parseCouponLimits(
  fields: Pick<CouponFields, 'maxRedemptions' | 'lastDay'>,
): Parsed<Pick<PatchCouponBody, 'maxRedemptions' | 'expiresAt'>> {
  const { maxRedemptions, expiresAt, wrong } = parseLimits(fields);
  return wrong.length > 0 ? { wrong } : { body: { maxRedemptions, expiresAt } };
}

function parseDiscount(unit: string, off: string): Pick<CreateCouponBody, 'percentOff' | 'amountOff'> | null {
  if (unit === 'percent') {
    const percent = wholeNumber(off);
    return percent !== null && percent >= 1 && percent <= 100 ? { percentOff: percent } : null;
  }
  if (!/^[A-Z]{3}$/.test(unit)) return null;
  const amount = parsePrice(off, unit);
  return amount && Number.isSafeInteger(amount.amount) && amount.amount > 0 ? { amountOff: amount } : null;
}

function parseLimits({ maxRedemptions, lastDay }: Pick<CouponFields, 'maxRedemptions' | 'lastDay'>) {
  const limit = wholeNumber(maxRedemptions);
  const isLimit = maxRedemptions.trim() === '' || (limit !== null && limit >= 1 && limit <= 1_000_000);
  const expiresAt = lastDay.trim() === '' ? null : endOfDay(lastDay.trim());
  const wrong = [...(isLimit ? [] : ['maxRedemptions']), ...(expiresAt === undefined ? ['expiresAt'] : [])];
  return { maxRedemptions: limit, expiresAt: expiresAt ?? null, wrong };
}

const wholeNumber = (text: string): number | null => (/^\d{1,7}$/.test(text.trim()) ? Number(text) : null);

/** The end of that day in UTC; undefined when there is no such day. */
function endOfDay(day: string): string | undefined {
  const time = `${day}T23:59:59.000Z`;
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(time)) ? time : undefined;
}

/** The day that a date field shows for an expiry. */
export const lastDayOf = (expiresAt: string | null): string => expiresAt?.slice(0, 10) ?? '';
