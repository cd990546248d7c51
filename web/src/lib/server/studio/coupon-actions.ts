import type { Coupon } from '@eduplatform/contracts/http/payments';
import type { RequestEvent } from '@sveltejs/kit';
import { parseCoupon, parseCouponLimits } from '../../studio/coupon.ts';
import { textField, typedFields } from '../forms/fields.ts';
import { refuse, runForm } from '../forms/run.ts';
import { teacherOf } from './guard.ts';

const CREATE = 'new-coupon';

/** Name of the form that changes a coupon. */
const changeForm = (couponId: string): string => `coupon-${couponId}`;
const couponPath = (couponId: string): string => `/v1/studio/coupons/${encodeURIComponent(couponId)}`;

export async function createCoupon(event: RequestEvent) {
  teacherOf(event);
  const form = await event.request.formData();
  const names = ['code', 'courseId', 'unit', 'off', 'maxRedemptions', 'lastDay'] as const;
  const values = typedFields(form, names);
  const { body, wrong } = parseCoupon(values);
  if (wrong) return refuse(event.locals.requestId, CREATE, wrong, values);
  return runForm<Coupon>(event.locals, {
    form: CREATE,
    method: 'POST',
    path: '/v1/studio/coupons',
    body,
    values,
    idempotencyKey: textField(form, 'creationKey'),
  });
}

export async function changeCoupon(event: RequestEvent) {
  teacherOf(event);
  const form = await event.request.formData();
  const id = textField(form, 'couponId');
  const values = typedFields(form, ['maxRedemptions', 'lastDay'] as const);
  const { body, wrong } = parseCouponLimits(values);
  if (wrong) return refuse(event.locals.requestId, changeForm(id), wrong, values);
  return runForm<Coupon>(event.locals, { form: changeForm(id), method: 'PATCH', path: couponPath(id), body, values });
}

/** Ends a coupon, or lets it work again. */
export async function switchCoupon(event: RequestEvent) {
  teacherOf(event);
  const form = await event.request.formData();
  const id = textField(form, 'couponId');
  const body = { isActive: textField(form, 'isActive') === 'true' };
  return runForm<Coupon>(event.locals, { form: changeForm(id), method: 'PATCH', path: couponPath(id), body });
}
