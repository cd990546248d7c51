import type { PaymentList } from '#lib/learning/lists.ts';
import { viewerOf } from '#lib/server/guards.ts';
import { readList } from '#lib/server/learning/lists.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  viewerOf(event);
  const { api } = event.locals;
  return { list: await readList<PaymentList>(api, '/v1/payments/me', event.url), freshness: api.freshness() };
};
