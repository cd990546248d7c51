import type { CourseProgress } from '@eduplatform/contracts/learning';
import type { Payment } from '@eduplatform/contracts/payments';
import { isUuid } from '@eduplatform/contracts/primitives';
import { error } from '@sveltejs/kit';
import { canRefund } from '#lib/learning/refund.ts';
import { optional } from '#lib/server/catalog.ts';
import { trimmedField } from '#lib/server/forms/fields.ts';
import { runForm } from '#lib/server/forms/run.ts';
import { viewerOf } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = viewerOf(event);
  const { api, requestId } = event.locals;
  const { id } = event.params;
  if (!isUuid(id)) error(404, 'not found', { code: 'payment_not_found', requestId });
  const payment = await api.read<Payment>(`/v1/payments/${id}`);
  const progress =
    payment.status === 'succeeded'
      ? await optional(api.read<CourseProgress>(`/v1/progress/courses/${payment.courseId}`))
      : null;
  return {
    payment,
    buyer: viewer.name,
    refundable: canRefund(payment, progress, Date.now()),
    freshness: api.freshness(),
  };
};

export const actions: Actions = {
  async refund(event) {
    viewerOf(event);
    const reason = trimmedField(await event.request.formData(), 'reason');
    const path = `/v1/payments/${encodeURIComponent(event.params.id)}/refund`;
    const body = reason ? { reason } : {};
    return runForm(event.locals, { form: 'refund', method: 'POST', path, body, values: { reason } });
  },
};
