import type { StoredLearning } from '@eduplatform/contracts/learning';
import { documentKeys, listMember, lists } from '@eduplatform/contracts/redis-keys';
import type { Unversioned } from '../draft-change.ts';
import { columnOf, type Key } from '../key.ts';
import { keyedProjection, type Finder } from '../keyed.ts';
import { documentsOf, tombstone } from '../tombstone.ts';

// The title is the one that the course had at the enrollment: it never changes, so that a publication need not load
// everybody who is enrolled. As long as the course is published, its own card tells the present one.
const LOAD = `
  select e.id, e.user_id as "userId", e.course_id as "courseId", coalesce(r.title, '') as "courseTitle",
         e.payment_id as "paymentId", e.enrolled_at as "enrolledAt", e.last_activity_at as "lastActivityAt",
         p.done, p.positions, d.completed_at as "completedAt", d.certificate_code as "certificateCode"
  from unnest($1::uuid[], $2::uuid[]) as asked (user_id, course_id)
  join enrollments e using (user_id, course_id)
  left join completions d using (user_id, course_id)
  left join lateral (
    select title from course_revisions where course_id = e.course_id
    order by published_at > e.enrolled_at,
             case when published_at > e.enrolled_at then revision else -revision end
    limit 1
  ) r on true
  cross join lateral (
    select coalesce(array_agg(lesson_id order by completed_at, lesson_id) filter (where completed_at is not null), '{}')
             as done,
           coalesce(jsonb_object_agg(lesson_id, position_seconds) filter (where position_seconds > 0), '{}')
             as positions
    from lesson_progress where user_id = e.user_id and course_id = e.course_id
  ) p
  where e.revoked_at is null`;

interface Row {
  id: string;
  userId: string;
  courseId: string;
  courseTitle: string;
  paymentId: string | null;
  enrolledAt: Date;
  lastActivityAt: Date;
  done: string[];
  positions: Record<string, number>;
  completedAt: Date | null;
  certificateCode: string | null;
}

function learningDocument(row: Row): Unversioned {
  const { userId, courseId, enrolledAt, lastActivityAt, completedAt, certificateCode } = row;
  const learning: StoredLearning = {
    enrollmentId: row.id,
    courseId,
    courseTitle: row.courseTitle,
    paymentId: row.paymentId,
    enrolledAt: enrolledAt.toISOString(),
    lastActivityAt: lastActivityAt.toISOString(),
    done: row.done,
    positions: row.positions,
    completion: completedAt && certificateCode ? { completedAt: completedAt.toISOString(), certificateCode } : null,
  };
  return {
    key: documentKeys.learning(userId, courseId),
    body: JSON.stringify(learning),
    lists: [
      { list: lists.enrollments(userId), member: listMember([enrolledAt.getTime()], courseId) },
      { list: lists.learning(userId), member: listMember([lastActivityAt.getTime()], courseId) },
    ],
  };
}

// A publication that began before an enrollment and was committed after it gives that enrollment another title.
const PUBLISHED_MEANWHILE: Finder = {
  statement: `
    select distinct array[e.user_id, e.course_id] as key
    from unnest($3::uuid[], $4::int[]) as published (course_id, revision)
    join course_revisions r using (course_id, revision)
    join enrollments e on e.course_id = r.course_id and e.enrolled_at >= r.published_at
    where (e.user_id, e.course_id) > (($1::uuid[])[1], ($1::uuid[])[2])
    order by key limit $2`,
  from: { 'course.published': ({ courseId, revision }) => [[courseId, String(revision)]] },
};

const byEnrollment = ({ userId, courseId }: { userId: string; courseId: string }): Key[] => [[userId, courseId]];

/** Active enrollments with everything done in them. */
export const learning = keyedProjection<Row>({
  kind: 'learning',
  table: 'enrollments',
  touches: {
    'enrollment.changed': byEnrollment,
    'progress.changed': byEnrollment,
    'course.completed': byEnrollment,
  },
  finders: [PUBLISHED_MEANWHILE],
  all: `
    select array[user_id, course_id] as key from enrollments
    where (user_id, course_id) > (($1::uuid[])[1], ($1::uuid[])[2]) order by user_id, course_id limit $2`,
  async load(db, keys) {
    const values = [columnOf(keys, 0), columnOf(keys, 1)];
    return (await db.query<Row>({ name: 'load-learning', text: LOAD, values })).rows;
  },
  documents: (keys, rows) =>
    documentsOf(keys, rows, {
      keyOf: ({ userId, courseId }) => [userId, courseId],
      document: learningDocument,
      burial: ([userId = '', courseId = '']) => tombstone(documentKeys.learning(userId, courseId)),
    }),
});
