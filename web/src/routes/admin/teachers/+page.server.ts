import type { AdminTeacherList } from '@eduplatform/contracts/http/admin';
import { doDeed } from '#lib/server/admin/run.ts';
import { adminOf } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

const STATUSES = ['pending', 'verified', 'rejected'] as const;
const PATH = '/v1/admin/teachers';

export const load: PageServerLoad = async (event) => {
  adminOf(event);
  const { searchParams } = event.url;
  const status = STATUSES.find((one) => one === searchParams.get('status')) ?? 'pending';
  const cursor = searchParams.get('after');
  const { data } = await event.locals.api.write<AdminTeacherList>('GET', PATH, {
    query: { status, limit: 20, ...(cursor && { cursor }) },
  });
  return { status, teachers: data.items, nextCursor: data.nextCursor };
};

export const actions: Actions = {
  verify: (event) => doDeed(event, { path: PATH, verb: 'verify' }),
  reject: (event) => doDeed(event, { path: PATH, verb: 'reject', hasReason: true }),
};
