import type { TeacherProfile } from '@eduplatform/contracts/people';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { ratingOf } from '../courses/course-card.ts';
import { columnOf, type Key } from '../key.ts';
import { keyedProjection } from '../keyed.ts';
import { documentsOf, tombstone } from '../tombstone.ts';

const LOAD = `
  select u.id, u.name, u.bio, u.is_verified as "isVerified", of_all.*
  from users u
  cross join lateral (
    select count(*)::int as "liveCount", count(*) filter (where c.archived_at is null)::int as "courseCount",
           coalesce(sum(students.count), 0)::int as "studentCount",
           coalesce(sum(stars.count), 0)::int as "reviewCount", coalesce(sum(stars.sum), 0)::int as "starSum"
    from courses c
    cross join lateral (
      select count(*) from enrollments e where e.course_id = c.id and e.revoked_at is null
    ) students
    cross join lateral (
      select count(*), sum(v.rating) from reviews v where v.course_id = c.id and v.hidden_at is null
    ) stars
    where c.owner_id = u.id and c.live_revision is not null
  ) of_all
  where u.id = any($1::uuid[]) and u.deleted_at is null
    and (of_all."liveCount" > 0 or (u.is_verified and u.role <> 'student'))`;

interface Row extends Omit<TeacherProfile, 'rating'> {
  liveCount: number;
  reviewCount: number;
  starSum: number;
}

const teacherDocument = (row: Row): TeacherProfile => ({
  id: row.id,
  name: row.name,
  bio: row.bio,
  isVerified: row.isVerified,
  courseCount: row.courseCount,
  studentCount: row.studentCount,
  rating: ratingOf({ count: row.reviewCount, sum: row.starSum }),
});

const byUser = ({ userId }: { userId: string }): Key[] => [[userId]];
const byCourse = ({ courseId }: { courseId: string }): Key[] => [[courseId]];

/** The public pages of teachers: of those with a published course, and of those who are verified. */
export const teachers = keyedProjection<Row>({
  kind: 'teachers',
  table: 'users',
  touches: {
    'user.changed': byUser,
    'user.deleted': byUser,
    // The course is gone, and with it the way to its owner.
    'course.deleted': ({ ownerId }) => [[ownerId]],
  },
  finders: [
    {
      statement: `
        select distinct array[owner_id] as key from courses
        where id = any($3::uuid[]) and owner_id > ($1::uuid[])[1] order by key limit $2`,
      from: {
        'course.published': byCourse,
        'course.unpublished': byCourse,
        'course.archive_changed': byCourse,
        'enrollment.changed': byCourse,
        'review.changed': byCourse,
      },
    },
  ],
  all: `
    select array[id] as key from users u
    where id > ($1::uuid[])[1] and deleted_at is null
      and (role <> 'student' or exists (select from courses c where c.owner_id = u.id))
    order by id limit $2`,
  async load(db, keys) {
    return (await db.query<Row>({ name: 'load-teachers', text: LOAD, values: [columnOf(keys, 0)] })).rows;
  },
  documents: (keys, rows) =>
    documentsOf(keys, rows, {
      keyOf: ({ id }) => [id],
      document: (row) => ({ key: documentKeys.teacher(row.id), body: JSON.stringify(teacherDocument(row)) }),
      burial: ([id = '']) => tombstone(documentKeys.teacher(id)),
    }),
});
