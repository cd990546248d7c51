import type pg from 'pg';
import type { Static } from '@sinclair/typebox';
import type { StudioCourseList, StudioCourseSummary } from '@eduplatform/contracts/http/studio';
import { averageOf } from '@eduplatform/contracts/rating';
import type { Actor } from '../commands/outcome.ts';
import { assertMayTeach, draftState, type Course } from '../courses/course.ts';
import { cursorAfter, idOfCursor } from './cursor.ts';

type Summary = Static<typeof StudioCourseSummary>;

const LIST = `
  select id, slug, title, version, published_version as "publishedVersion", live_revision as "liveRevision",
    first_published_at as "firstPublishedAt", archived_at as "archivedAt", updated_at as "updatedAt",
    category_slug as category,
    (select count(*)::int from lessons where lessons.course_id = courses.id) as "lessonCount",
    (select count(*)::int from enrollments e where e.course_id = courses.id and e.revoked_at is null) as "studentCount",
    (select json_build_object('count', count(*), 'sum', coalesce(sum(rating), 0))
      from reviews v where v.course_id = courses.id and v.hidden_at is null) as stars,
    array(select json_build_object('amount', sum(p.amount), 'currency', p.currency) from payments p
      where p.course_id = courses.id and p.status = 'succeeded' and p.amount > 0
      group by p.currency order by p.currency) as revenue
  from courses
  where ($1::uuid is null or owner_id = $1) and ($2::uuid is null or id < $2)
  order by id desc limit $3`;

type Row = Pick<
  Course,
  | 'id' | 'slug' | 'title' | 'version' | 'publishedVersion' | 'liveRevision' | 'firstPublishedAt' | 'archivedAt'
  | 'updatedAt' | 'category'
> & Pick<Summary, 'lessonCount' | 'studentCount' | 'revenue'> & { stars: { count: number; sum: number } }; // prettier-ignore

/** The actor's courses with what became of them, newest first; an admin's are everybody's. Throws forbidden. */
export async function listCourses(
  pool: pg.Pool,
  actor: Actor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Static<typeof StudioCourseList>> {
  assertMayTeach(actor);
  const owner = actor.role === 'admin' ? null : actor.id;
  const after = cursor === undefined ? null : idOfCursor(cursor);
  const { rows } = await pool.query<Row>(LIST, [owner, after, limit + 1]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(summaryOf), nextCursor: rows.length > limit && last ? cursorAfter(last.id) : null };
}

function summaryOf(row: Row): Summary {
  const { id, slug, title, version, liveRevision, lessonCount, category, studentCount, revenue, stars } = row;
  const average = averageOf(stars);
  return {
    id,
    slug,
    title,
    state: draftState(row),
    version,
    liveRevision,
    lessonCount,
    updatedAt: row.updatedAt.toISOString(),
    category,
    isArchived: row.archivedAt !== null,
    studentCount,
    rating: average === null ? null : { average, count: stars.count },
    revenue,
  };
}
