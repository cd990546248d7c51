import type { CouponList } from '@eduplatform/contracts/http/payments';
import type { StudioCourseList } from '@eduplatform/contracts/http/studio';
import { changeCoupon, createCoupon, switchCoupon } from '#lib/server/studio/coupon-actions.ts';
import { teacherOf } from '#lib/server/studio/guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  teacherOf(event);
  const { api } = event.locals;
  const cursor = event.url.searchParams.get('after');
  const [coupons, courses] = await Promise.all([
    api.write<CouponList>('GET', '/v1/studio/coupons', { query: { limit: 20, ...(cursor && { cursor }) } }),
    api.write<StudioCourseList>('GET', '/v1/studio/courses', { query: { limit: 100 } }),
  ]);
  return {
    coupons: coupons.data.items,
    nextCursor: coupons.data.nextCursor,
    courses: courses.data.items.map(({ id, title }) => ({ id, title })),
    now: Date.now(),
    // A form that is sent twice (a reload, a double click) makes one coupon.
    creationKey: crypto.randomUUID(),
  };
};

export const actions: Actions = { create: createCoupon, change: changeCoupon, switch: switchCoupon };
