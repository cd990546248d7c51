import { randomUUID } from 'node:crypto';
import type { Queryable } from '@eduplatform/db/transaction';

/** Beside the demo data: enough people and courses that a backlog does not all touch the same few documents. */
const STUDENTS = 6_000;
const COURSES_EACH = 5;
const COPIES = 3;

const PEOPLE = `
  insert into users (email, password_hash, name, role)
  select 'bench-' || n || '@example.com', 'none', 'Student ' || n, 'student' from generate_series(1, $1::int) as n`;

const ENROLL = `
  with live as materialized (
    select array_agg(id order by id) as ids from courses where live_revision is not null
  ), people as materialized (
    select id, row_number() over (order by email) as n from users where email like 'bench-%'
  )
  insert into enrollments (user_id, course_id, enrolled_at, last_activity_at)
  select people.id, live.ids[1 + (people.n * 7 + k * 61) % cardinality(live.ids)], now() - interval '5 years', now()
  from people cross join generate_series(0, $1::int - 1) as k cross join live
  on conflict do nothing`;

const PROGRESS = `
  insert into lesson_progress (user_id, lesson_id, course_id, completed_at, position_seconds)
  select e.user_id, l.lesson_id, e.course_id, now(), 30
  from enrollments e
  cross join lateral (select lesson_id from live_lessons where course_id = e.course_id order by lesson_id limit 3) l
  on conflict do nothing`;

const NOTIFY = `
  insert into notifications (user_id, type, params)
  select user_id, 'enrolled', '{"courseTitle": "A course", "link": "/courses"}' from enrollments`;

/** Adds students with progress and notifications. Their events are not told: the read models are built afterwards. */
export async function enlargeSchool(pool: Queryable): Promise<void> {
  await copyCourses(pool);
  await pool.query(PEOPLE, [STUDENTS]);
  await pool.query(ENROLL, [COURSES_EACH]);
  await pool.query('analyze enrollments');
  await pool.query(PROGRESS);
  await pool.query(NOTIFY);
  await pool.query('analyze');
}

interface Content {
  modules: { id: string; lessons: { id: string }[] }[];
}

async function copyCourses(pool: Queryable): Promise<void> {
  const { rows } = await pool.query<{ id: string; owner_id: string; revision: number; content: Content }>(`
    select c.id, c.owner_id, r.revision, r.content from courses c
    join course_revisions r on r.course_id = c.id and r.revision = c.live_revision`);
  for (const { id, owner_id: owner, content } of rows) {
    for (let copy = 1; copy <= COPIES; copy += 1) await copyCourse(pool, { id, owner, content, copy });
  }
}

async function copyCourse(
  pool: Queryable,
  { id, owner, content, copy }: { id: string; owner: string; content: Content; copy: number },
): Promise<void> {
  const own = randomUUID();
  const modules = content.modules.map((module) => ({
    ...module,
    id: randomUUID(),
    lessons: module.lessons.map((lesson) => ({ ...lesson, id: randomUUID() })),
  }));
  await pool.query(
    `insert into courses (id, owner_id, slug, title, language, level, category_slug, first_published_at, published_at)
     select $2, owner_id, slug || '-' || $3, title, language, level, category_slug, first_published_at, published_at
     from courses where id = $1`,
    [id, own, String(copy)],
  );
  await pool.query('insert into course_revisions (course_id, revision, content, published_by) values ($1, 1, $2, $3)', [
    own,
    JSON.stringify({ ...content, modules }),
    owner,
  ]);
  await pool.query('update courses set live_revision = 1 where id = $1', [own]);
  await pool.query('insert into live_lessons (lesson_id, course_id) select unnest($1::uuid[]), $2', [
    modules.flatMap(({ lessons }) => lessons.map((lesson) => lesson.id)),
    own,
  ]);
}
