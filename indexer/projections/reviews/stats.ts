import type { EnrollmentCount } from '@eduplatform/contracts/learning';
import type { RatingSummary } from '@eduplatform/contracts/reviews';
import { averageOf } from '@eduplatform/contracts/rating';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { Unversioned } from '../draft-change.ts';
import { columnOf, type Key } from '../key.ts';
import { keyedProjection } from '../keyed.ts';
import { tombstone } from '../tombstone.ts';

const LOAD = `
  select c.id as "courseId", students.count, stars.histogram
  from courses c
  cross join lateral (
    select count(*)::int from enrollments e where e.course_id = c.id and e.revoked_at is null
  ) students
  cross join lateral (
    select array[count(*) filter (where v.rating = 1), count(*) filter (where v.rating = 2),
                 count(*) filter (where v.rating = 3), count(*) filter (where v.rating = 4),
                 count(*) filter (where v.rating = 5)]::int[] as histogram
    from reviews v where v.course_id = c.id and v.hidden_at is null
  ) stars
  where c.id = any($1::uuid[]) and c.live_revision is not null`;

interface Row extends EnrollmentCount {
  /** Reviews with 1, 2, 3, 4, 5 stars. */
  histogram: number[];
}

export function summaryOf(histogram: number[]): RatingSummary {
  const count = histogram.reduce((total, reviews) => total + reviews, 0);
  const sum = histogram.reduce((total, reviews, index) => total + reviews * (index + 1), 0);
  return { average: averageOf({ count, sum }), count, histogram };
}

function statsDocuments({ courseId, count, histogram }: Row): Unversioned[] {
  const students: EnrollmentCount = { courseId, count };
  return [
    { key: documentKeys.stats(courseId), body: JSON.stringify(students) },
    { key: documentKeys.rating(courseId), body: JSON.stringify(summaryOf(histogram)) },
  ];
}

const byCourse = ({ courseId }: { courseId: string }): Key[] => [[courseId]];

/** How many students and which ratings a published course has. */
export const stats = keyedProjection<Row>({
  kind: 'stats',
  table: 'courses',
  touches: {
    'enrollment.changed': byCourse,
    'review.changed': byCourse,
    'course.published': byCourse,
    'course.unpublished': byCourse,
    'course.archive_changed': byCourse,
    'course.deleted': byCourse,
  },
  all: `
    select array[id] as key from courses
    where live_revision is not null and id > ($1::uuid[])[1] order by id limit $2`,
  async load(db, keys) {
    return (await db.query<Row>({ name: 'load-stats', text: LOAD, values: [columnOf(keys, 0)] })).rows;
  },
  documents(keys, rows) {
    const live = new Set(rows.map(({ courseId }) => courseId));
    const gone = columnOf(keys, 0).filter((id) => !live.has(id));
    return [
      ...rows.flatMap(statsDocuments),
      ...gone.flatMap((id) => [tombstone(documentKeys.stats(id)), tombstone(documentKeys.rating(id))]),
    ];
  },
});
