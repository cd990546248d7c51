import { isUuid } from '@eduplatform/contracts/primitives';
import type { Payment } from '@eduplatform/contracts/payments';
import { error, redirect } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { viewerOf } from '#lib/server/guards.ts';
import { ApiError } from '#lib/server/problem.ts';
import type { PageServerLoad } from './$types';

/** Where a payment waits whose provider has not answered yet. Leads on as soon as its outcome is known. */
export const load: PageServerLoad = async (event) => {
  viewerOf(event);
  const { locals, params, setHeaders } = event;
  const { api, requestId } = locals;
  if (!isUuid(params.payment)) error(404, 'not found', { code: 'payment_not_found', requestId });
  setHeaders({ 'cache-control': 'private, no-store' });
  const course = localizeHref(`/courses/${params.slug}`);
  let payment: Payment | null = null;
  try {
    payment = await api.read<Payment>(`/v1/payments/${params.payment}`);
  } catch (cause) {
    // The read models may be behind: then it is not there yet.
    if (!(cause instanceof ApiError && cause.code === 'payment_not_found')) throw cause;
  }
  if (payment?.status === 'succeeded') redirect(303, `${course}?welcome`);
  return {
    status: payment?.status ?? ('pending' as const),
    courseTitle: payment?.courseTitle ?? null,
    freshness: api.freshness(),
  };
};
