import { columnOf, type Key } from '../key.ts';
import { keyedProjection, type Finder } from '../keyed.ts';
import { reviewDocuments, type ReviewRow } from './review-documents.ts';

// By its id, and by whose it is: somebody may have deleted one review and written another, and what they see as their own
// must not depend on which of the two was loaded later.
const LOAD = `
  select v.id, v.course_id as "courseId", v.user_id as "userId", v.rating, v.text, v.reply, v.replied_at as "repliedAt",
         v.hidden_at as "hiddenAt", v.hidden_reason as "hiddenReason", v.version, v.created_at as "createdAt",
         v.updated_at as "updatedAt", case when u.deleted_at is null then u.name end as "authorName"
  from reviews v
  join users u on u.id = v.user_id
  where v.id = any($2::uuid[])
  union
  select v.id, v.course_id, v.user_id, v.rating, v.text, v.reply, v.replied_at, v.hidden_at, v.hidden_reason, v.version,
         v.created_at, v.updated_at, case when u.deleted_at is null then u.name end
  from unnest($1::uuid[], $3::uuid[]) as asked (user_id, course_id)
  join reviews v using (user_id, course_id)
  join users u on u.id = v.user_id`;

const OF_USERS: Finder = {
  statement: `
    select array[user_id, id, course_id] as key from reviews
    where user_id = any($3::uuid[]) and (user_id, id) > (($1::uuid[])[1], ($1::uuid[])[2])
    order by user_id, id limit $2`,
  from: {
    'user.changed': ({ userId }) => [[userId]],
    'user.deleted': ({ userId }) => [[userId]],
  },
};

/** Reviews as everybody sees them, and as their authors do. */
export const reviews = keyedProjection<ReviewRow>({
  kind: 'reviews',
  table: 'reviews',
  touches: { 'review.changed': ({ userId, reviewId, courseId }): Key[] => [[userId, reviewId, courseId]] },
  finders: [OF_USERS],
  all: `
    select array[user_id, id, course_id] as key from reviews
    where (user_id, id) > (($1::uuid[])[1], ($1::uuid[])[2]) order by user_id, id limit $2`,
  async load(db, keys) {
    const values = [columnOf(keys, 0), columnOf(keys, 1), columnOf(keys, 2)];
    return (await db.query<ReviewRow>({ name: 'load-reviews', text: LOAD, values })).rows;
  },
  documents: reviewDocuments,
});
