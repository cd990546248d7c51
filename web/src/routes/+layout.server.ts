import { optional } from '#lib/server/catalog.ts';
import type { NotificationList } from '#lib/learning/lists.ts';
import type { LayoutServerLoad } from './$types';

/** The number in the header is worth no waiting. */
const PATIENCE_MS = 1_000;

export const load: LayoutServerLoad = async ({ locals }) => {
  const viewer = locals.session.viewer();
  const notifications = viewer
    ? await optional(
        locals.api.read<NotificationList>('/v1/notifications/me', { limit: 1 }, { timeoutMs: PATIENCE_MS }),
      )
    : null;
  return { viewer, theme: locals.theme, unread: notifications?.unreadCount ?? null };
};
