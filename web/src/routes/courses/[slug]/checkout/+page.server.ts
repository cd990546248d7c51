import { EDU_MODE } from '$app/env/private';
import type { Course } from '@eduplatform/contracts/documents';
import type { Quote } from '@eduplatform/contracts/http/payments';
import { TEST_CARDS } from '@eduplatform/contracts/test-cards';
import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import type { Standing } from '#lib/learning/call-to-action.ts';
import type { Api } from '#lib/server/api.ts';
import { optional } from '#lib/server/catalog.ts';
import { pay } from '#lib/server/checkout/pay.ts';
import { viewerOf } from '#lib/server/guards.ts';
import { ApiError } from '#lib/server/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  viewerOf(event);
  const { api } = event.locals;
  event.setHeaders({ 'cache-control': 'private, no-store' });
  const course = await api.read<Course>(`/v1/courses/${encodeURIComponent(event.params.slug)}`);
  const standing = await optional(api.read<Standing>(`/v1/courses/${course.id}/standing`));
  const isOpen = course.price && !course.isArchived && !standing?.isEnrolled && !standing?.isOwner;
  if (!isOpen) redirect(303, localizeHref(`/courses/${course.slug}`));
  const coupon = event.url.searchParams.get('coupon')?.trim() ?? '';
  return {
    course,
    coupon,
    ...(await quoteOf(api, course.id, coupon)),
    // A form that is sent twice (a reload, a double click) is one payment.
    paymentKey: crypto.randomUUID(),
    testCards: EDU_MODE === 'demo' ? TEST_CARDS.map(({ number, outcome }) => ({ number, outcome })) : [],
    freshness: api.freshness(),
  };
};

/** What it costs; with a coupon that does not work, what it costs without. */
async function quoteOf(api: Api, courseId: string, coupon: string) {
  const quote = async (body: object) => (await api.write<Quote>('POST', '/v1/payments/quote', { body })).data;
  if (!coupon) return { quote: await quote({ courseId }), couponProblem: null };
  try {
    return { quote: await quote({ courseId, couponCode: coupon }), couponProblem: null };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status >= 500 || error.status === 401) throw error;
    return { quote: await quote({ courseId }), couponProblem: error.status === 429 ? error.code : 'coupon_not_valid' };
  }
}

export const actions: Actions = { pay };
