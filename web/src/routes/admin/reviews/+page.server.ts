import type { AdminReviewList } from '@eduplatform/contracts/http/learning';
import { doDeed } from '#lib/server/admin/run.ts';
import { adminOf } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

const FILTERS = ['reported', 'hidden', 'all'] as const;
const PATH = '/v1/admin/reviews';

export const load: PageServerLoad = async (event) => {
  adminOf(event);
  const { searchParams } = event.url;
  const filter = FILTERS.find((one) => one === searchParams.get('show')) ?? 'reported';
  const cursor = searchParams.get('after');
  const { data } = await event.locals.api.write<AdminReviewList>('GET', PATH, {
    query: { limit: 20, ...(filter !== 'all' && { [filter]: 'true' }), ...(cursor && { cursor }) },
  });
  return { filter, reviews: data.items, nextCursor: data.nextCursor };
};

export const actions: Actions = {
  hide: (event) => doDeed(event, { path: PATH, verb: 'hide', hasReason: true }),
  restore: (event) => doDeed(event, { path: PATH, verb: 'restore' }),
};
