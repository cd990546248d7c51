import type { Notification } from '@eduplatform/contracts/notifications';
import { documentKeys, listMember, lists } from '@eduplatform/contracts/redis-keys';
import type { Unversioned } from '../draft-change.ts';
import { columnOf } from '../key.ts';
import { keyedProjection } from '../keyed.ts';
import { documentsOf, tombstone } from '../tombstone.ts';

const LOAD = `
  select id, user_id as "userId", type, params, read_at as "readAt", created_at as "createdAt"
  from notifications where id = any($1::uuid[])`;

interface Row {
  id: string;
  userId: string;
  type: Notification['type'];
  params: Record<string, string>;
  readAt: Date | null;
  createdAt: Date;
}

export function notificationDocument({ id, userId, type, params, readAt, createdAt }: Row): Unversioned {
  const { link = null, ...words } = params;
  const notification: Notification = {
    ...{ id, type, params: words, link },
    isRead: readAt !== null,
    createdAt: createdAt.toISOString(),
  };
  const member = listMember([createdAt.getTime()], id);
  return {
    key: documentKeys.notification(id),
    body: JSON.stringify(notification),
    lists: [
      { list: lists.notifications(userId), member },
      ...(readAt === null ? [{ list: lists.unread(userId), member }] : []),
    ],
  };
}

/** What people are told, and what of it they have not read yet. */
export const notifications = keyedProjection<Row>({
  kind: 'notifications',
  table: 'notifications',
  touches: { 'notifications.changed': ({ ids }) => ids.map((id) => [id]) },
  all: 'select array[id] as key from notifications where id > ($1::uuid[])[1] order by id limit $2',
  async load(db, keys) {
    return (await db.query<Row>({ name: 'load-notifications', text: LOAD, values: [columnOf(keys, 0)] })).rows;
  },
  documents: (keys, rows) =>
    documentsOf(keys, rows, {
      keyOf: ({ id }) => [id],
      document: notificationDocument,
      burial: ([id = '']) => tombstone(documentKeys.notification(id)),
    }),
});
