import type { AuditLog } from '@eduplatform/contracts/http/admin';
import { adminOf } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  adminOf(event);
  const cursor = event.url.searchParams.get('after');
  const { data } = await event.locals.api.write<AuditLog>('GET', '/v1/admin/audit-log', {
    query: { limit: 50, ...(cursor && { cursor }) },
  });
  return { entries: data.items, nextCursor: data.nextCursor };
};
