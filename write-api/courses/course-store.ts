import type { ProblemCode } from '@eduplatform/contracts/problems';
import type { Queryable, Tx } from '@eduplatform/db/transaction';
import type { Course } from './course.ts';

const COLUMNS = `
  id, owner_id as "ownerId", slug, title, subtitle, description_md as "descriptionMd", language, level,
  category_slug as category, outcomes, version, published_version as "publishedVersion",
  live_revision as "liveRevision", first_published_at as "firstPublishedAt", published_at as "publishedAt",
  archived_at as "archivedAt", updated_at as "updatedAt",
  case when price_amount is null then null
    else json_build_object('amount', price_amount, 'currency', price_currency) end as price`;

/** How a command names the course that it works on: by itself, or by one of its parts. */
export interface CourseRef {
  by: 'course' | 'module' | 'lesson';
  id: string;
}

const WHERE: Record<CourseRef['by'], string> = {
  course: 'id = $1',
  module: 'id = (select course_id from modules where modules.id = $1)',
  lesson: 'id = (select course_id from lessons where lessons.id = $1)',
};

export const MISSING = {
  course: 'course_not_found',
  module: 'module_not_found',
  lesson: 'lesson_not_found',
} as const satisfies Record<CourseRef['by'], ProblemCode>;

/** The course, which nobody else can then change before the transaction ends. */
export async function lockCourse(tx: Tx, { by, id }: CourseRef): Promise<Course | undefined> {
  const { rows } = await tx.query<Course>(`select ${COLUMNS} from courses where ${WHERE[by]} for update`, [id]);
  return rows[0];
}

export async function findCourse(db: Queryable, id: string): Promise<Course | undefined> {
  const { rows } = await db.query<Course>(`select ${COLUMNS} from courses where id = $1`, [id]);
  return rows[0];
}

const values = (course: Course): unknown[] => [
  course.slug,
  course.title,
  course.subtitle,
  course.descriptionMd,
  course.language,
  course.level,
  course.category,
  course.price?.amount ?? null,
  course.price?.currency ?? null,
  course.outcomes,
  course.updatedAt,
];

const INSERT = `
  insert into courses (slug, title, subtitle, description_md, language, level, category_slug, price_amount,
    price_currency, outcomes, updated_at, created_at, owner_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)
  on conflict (slug) do nothing
  returning id`;

/** The id of the new course, or undefined when its slug is taken. */
export async function insertCourse(tx: Tx, course: Omit<Course, 'id'>): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(INSERT, [...values({ ...course, id: '' }), course.ownerId]);
  return rows[0]?.id;
}

const SAVE = `
  update courses set slug = $1, title = $2, subtitle = $3, description_md = $4, language = $5, level = $6,
    category_slug = $7, price_amount = $8, price_currency = $9, outcomes = $10, updated_at = $11,
    published_version = $12, live_revision = $13, first_published_at = $14, published_at = $15, archived_at = $16,
    version = version + 1
  where id = $17 and version = $18`;

/** Saves the course as its next version, which it returns. The guard only fails when a caller forgot to lock. */
export async function saveCourse(tx: Tx, course: Course): Promise<number> {
  const { rowCount } = await tx.query(SAVE, [
    ...values(course),
    course.publishedVersion,
    course.liveRevision,
    course.firstPublishedAt,
    course.publishedAt,
    course.archivedAt,
    course.id,
    course.version,
  ]);
  if (rowCount !== 1) throw new Error(`course ${course.id} was changed without its lock`);
  return course.version + 1;
}

/** Slugs that begin like `base`: those that freeSlug has to avoid. */
export async function takenSlugs(tx: Tx, base: string): Promise<Set<string>> {
  const { rows } = await tx.query<{ slug: string }>(
    `select slug from courses where slug = $1 or slug like $1 || '-%'`,
    [base],
  );
  return new Set(rows.map(({ slug }) => slug));
}

export async function categoryExists(tx: Tx, slug: string): Promise<boolean> {
  const { rowCount } = await tx.query('select 1 from categories where slug = $1', [slug]);
  return rowCount === 1;
}
