import { withPostgres } from '@eduplatform/local/servers/postgres';

/** A published course that requests are made of. */
export interface BenchCourse {
  id: string;
  slug: string;
  title: string;
  lessonIds: string[];
}

const PUBLISHED = `
  select c.id, c.slug, c.title, array_agg(l.lesson_id::text order by l.lesson_id) as "lessonIds"
  from courses c
  join live_lessons l on l.course_id = c.id
  left join (select course_id, count(*) as students from enrollments group by course_id) e on e.course_id = c.id
  where c.live_revision is not null
  group by c.id, e.students
  order by coalesce(e.students, 0) desc, c.id
  limit $1`;

/** Published courses with lessons, the most popular first, at most `limit`. */
export const readCourses = (databaseUrl: string, limit: number): Promise<BenchCourse[]> =>
  withPostgres(databaseUrl, async (client) => (await client.query<BenchCourse>(PUBLISHED, [limit])).rows);
