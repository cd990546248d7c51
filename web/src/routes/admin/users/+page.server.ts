import type { AdminUserList } from '@eduplatform/contracts/http/admin';
import { doDeed } from '#lib/server/admin/run.ts';
import { adminOf } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

const PATH = '/v1/admin/users';

export const load: PageServerLoad = async (event) => {
  const viewer = adminOf(event);
  const { searchParams } = event.url;
  const q = (searchParams.get('q') ?? '').trim().slice(0, 100);
  const cursor = searchParams.get('after');
  const { data } = await event.locals.api.write<AdminUserList>('GET', PATH, {
    query: { limit: 20, ...(q && { q }), ...(cursor && { cursor }) },
  });
  return { q, users: data.items, nextCursor: data.nextCursor, ownId: viewer.id };
};

export const actions: Actions = {
  suspend: (event) => doDeed(event, { path: PATH, verb: 'suspend', hasReason: true }),
  restore: (event) => doDeed(event, { path: PATH, verb: 'restore' }),
};
