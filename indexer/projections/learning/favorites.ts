import type { StoredFavorite } from '@eduplatform/contracts/learning';
import { documentKeys, listMember, lists } from '@eduplatform/contracts/redis-keys';
import type { Unversioned } from '../draft-change.ts';
import { columnOf } from '../key.ts';
import { keyedProjection } from '../keyed.ts';
import { documentsOf, tombstone } from '../tombstone.ts';

const LOAD = `
  select f.user_id as "userId", f.course_id as "courseId", f.created_at as "createdAt"
  from unnest($1::uuid[], $2::uuid[]) as asked (user_id, course_id)
  join favorites f using (user_id, course_id)`;

interface Row {
  userId: string;
  courseId: string;
  createdAt: Date;
}

function favoriteDocument({ userId, courseId, createdAt }: Row): Unversioned {
  const favorite: StoredFavorite = { courseId, createdAt: createdAt.toISOString() };
  return {
    key: documentKeys.favorite(userId, courseId),
    body: JSON.stringify(favorite),
    lists: [{ list: lists.favorites(userId), member: listMember([createdAt.getTime()], courseId) }],
  };
}

/** Courses that people have marked for themselves. */
export const favorites = keyedProjection<Row>({
  kind: 'favorites',
  table: 'favorites',
  touches: { 'favorite.changed': ({ userId, courseId }) => [[userId, courseId]] },
  all: `
    select array[user_id, course_id] as key from favorites
    where (user_id, course_id) > (($1::uuid[])[1], ($1::uuid[])[2]) order by user_id, course_id limit $2`,
  async load(db, keys) {
    const values = [columnOf(keys, 0), columnOf(keys, 1)];
    return (await db.query<Row>({ name: 'load-favorites', text: LOAD, values })).rows;
  },
  documents: (keys, rows) =>
    documentsOf(keys, rows, {
      keyOf: ({ userId, courseId }) => [userId, courseId],
      document: favoriteDocument,
      burial: ([userId = '', courseId = '']) => tombstone(documentKeys.favorite(userId, courseId)),
    }),
});
