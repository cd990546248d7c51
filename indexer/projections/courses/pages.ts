import type { Queryable } from '@eduplatform/db/transaction';
import { NO_KEYS, type Keys } from './keys.ts';
import type { Touched } from './touched.ts';

/** Courses loaded at a time: bounds the memory, however much an event touches. */
export const PAGE_SIZE = 50;

const LIVE_COURSES = `
  select id from courses where live_revision is not null and id > $1::uuid order by id limit $2`;

const LIVE_COURSES_OF_OWNER = `
  select id from courses
  where live_revision is not null and owner_id = $3::uuid and id > $1::uuid order by id limit $2`;

const LIVE_COURSES_OF_CATEGORY = `
  select c.id from courses c
  join course_revisions r on r.course_id = c.id and r.revision = c.live_revision
  where (r.category = $3 or c.category_slug = $3) and c.id > $1::uuid
  order by c.id limit $2`;

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

async function* pagesOf(db: Queryable, statement: string, after: string, ...values: string[]) {
  for (let last = after; ;) {
    const { rows } = await db.query<{ id: string }>(statement, [last, PAGE_SIZE, ...values]);
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) yield ids;
    const end = ids.at(-1);
    if (end === undefined || ids.length < PAGE_SIZE) return;
    last = end;
  }
}

/** Ids of all live courses after one, in the order of their ids. */
export const liveCourses = (db: Queryable, after: string | null): AsyncGenerator<string[]> =>
  pagesOf(db, LIVE_COURSES, after ?? BEFORE_ALL);

/** The keys of what was touched, a page of courses at a time. */
export async function* pagesOfKeys(db: Queryable, touched: Touched): AsyncGenerator<Keys> {
  yield* namedKeys(touched);
  for (const slug of touched.ofCategories) {
    for await (const courses of pagesOf(db, LIVE_COURSES_OF_CATEGORY, BEFORE_ALL, slug)) yield { ...NO_KEYS, courses };
  }
  for (const id of touched.ofOwners) {
    for await (const heads of pagesOf(db, LIVE_COURSES_OF_OWNER, BEFORE_ALL, id)) yield { ...NO_KEYS, heads };
  }
}

/** Courses that events named, each with its earlier revisions; the first page has what belongs to no course. */
export function* namedKeys(touched: Touched): Generator<Keys> {
  const { categories } = touched;
  const rest = { lessons: [...touched.lessons], slugs: [...touched.slugs], categories };
  const pages = [...pagesOfCourses(touched)];
  const isNeeded = categories || rest.lessons.length + rest.slugs.length > 0;
  if (isNeeded && pages.length === 0) pages.push(NO_KEYS);
  for (const [index, page] of pages.entries()) yield index === 0 ? { ...page, ...rest } : page;
}

function* pagesOfCourses(touched: Touched): Generator<Keys> {
  for (const courses of slices([...touched.courses])) {
    const revisions = courses.flatMap((courseId) =>
      [...(touched.revisions.get(courseId) ?? [])].map((revision) => ({ courseId, revision })),
    );
    yield { ...NO_KEYS, courses, revisions };
  }
  // Whoever is loaded wholly has its head too.
  for (const heads of slices([...touched.heads].filter((id) => !touched.courses.has(id)))) yield { ...NO_KEYS, heads };
}

function* slices(ids: string[]): Generator<string[]> {
  for (let start = 0; start < ids.length; start += PAGE_SIZE) yield ids.slice(start, start + PAGE_SIZE);
}
