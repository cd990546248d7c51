import type { AdminTeacherList, AuditLog } from '@eduplatform/contracts/http/admin';
import type { AdminReviewList } from '@eduplatform/contracts/http/learning';
import { optional } from '#lib/server/catalog.ts';
import { adminOf } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

/** What there is to count is counted to here; more than a page is "100+". */
const COUNTED = 100;

interface Page {
  items: unknown[];
  nextCursor: string | null;
}

/** How many wait: `isMore` when there are more than were counted; null when nobody could tell. */
const countOf = (answer: { data: Page } | null) =>
  answer && { count: answer.data.items.length, isMore: answer.data.nextCursor !== null };

export const load: PageServerLoad = async (event) => {
  adminOf(event);
  const { api } = event.locals;
  const list = <T>(path: string, query: Record<string, string | number>) => api.write<T>('GET', path, { query });
  const [teachers, reviews, log] = await Promise.all([
    optional(list<AdminTeacherList>('/v1/admin/teachers', { status: 'pending', limit: COUNTED })),
    optional(list<AdminReviewList>('/v1/admin/reviews', { reported: 'true', limit: COUNTED })),
    optional(list<AuditLog>('/v1/admin/audit-log', { limit: 5 })),
  ]);
  return { teachers: countOf(teachers), reviews: countOf(reviews), entries: log?.data.items ?? [] };
};
