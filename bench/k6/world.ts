import { withPostgres } from '@eduplatform/local/servers/postgres';
import { signIn } from '../freshness/load.ts';
import type { Servers } from '../freshness/servers.ts';
import { signInStudents } from '../read-path/students.ts';
import type { World, WorldCourse } from '../scenarios/lib/world.ts';

const COURSES = `
  select c.id, c.slug, c.title, c.category_slug as category, c.price_amount is null as "isFree",
    c.version::int as version, array_agg(l.lesson_id::text order by l.lesson_id) as "lessonIds"
  from courses c
  join live_lessons l on l.course_id = c.id
  left join (select course_id, count(*) as students from enrollments group by course_id) e on e.course_id = c.id
  where c.live_revision is not null and c.archived_at is null
  group by c.id, e.students
  order by coalesce(e.students, 0) desc, c.id
  limit $1`;

/** Requests are drawn from so many of the most popular courses. */
const MOST_COURSES = 5_000;
const STUDENTS = 100;

/** What k6 asks for: the courses as they stand now, and people who have just signed in. */
export async function describeWorld(
  { databaseUrl, writeApiUrl }: Servers,
  { readApi, storefront }: Pick<World, 'readApi' | 'storefront'>,
): Promise<World> {
  const courses = await withPostgres(databaseUrl, async (client) => {
    return (await client.query<WorldCourse>(COURSES, [MOST_COURSES])).rows;
  });
  return {
    ...{ readApi, storefront, writeApi: writeApiUrl, courses },
    students: await signInStudents(writeApiUrl, STUDENTS),
    editor: await signIn(writeApiUrl),
  };
}
