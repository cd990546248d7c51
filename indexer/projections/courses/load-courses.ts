import type { CourseRevision } from '@eduplatform/contracts/revision';
import type { Queryable } from '@eduplatform/db/transaction';
import { sizeOf } from './course-size.ts';
import type { CourseHead, CourseSize, LiveCourse } from './loaded.ts';

// A revision keeps the slug that its category had; when the category was renamed since, the course knows it.
const HEAD = {
  columns: `
    c.id, c.slug, r.revision, c.first_published_at, r.published_at, c.archived_at,
    u.id as owner_id, u.name as owner_name, u.bio as owner_bio, u.is_verified as owner_is_verified,
    k.slug as category_slug, k.name_en, k.name_ru, k.hue, k.motif,
    students.count as student_count, stars.count as review_count, stars.sum as star_sum`,
  tables: `
    courses c
    join course_revisions r on r.course_id = c.id and r.revision = c.live_revision
    join users u on u.id = c.owner_id
    left join categories own on own.slug = r.category
    join categories k on k.slug = coalesce(own.slug, c.category_slug)
    cross join lateral (
      select count(*)::int from enrollments e where e.course_id = c.id and e.revoked_at is null
    ) students
    cross join lateral (
      select count(*)::int, coalesce(sum(v.rating), 0)::int as sum
      from reviews v where v.course_id = c.id and v.hidden_at is null
    ) stars`,
} as const;

const LOAD_COURSES = `
  select ${HEAD.columns}, r.content from ${HEAD.tables} where c.id = any($1::uuid[])`;

// Of columns of their own: to read anything out of the content unpacks the texts of all lessons.
const LOAD_HEADS = `
  select ${HEAD.columns}, r.head as content, r.module_count as "moduleCount",
         jsonb_array_length(r.lesson_ids) as "lessonCount", jsonb_array_length(r.preview_ids) as "previewCount",
         (select coalesce(sum(minutes::int), 0)::int from jsonb_array_elements_text(r.lesson_minutes) as minutes)
           as "durationMinutes"
  from ${HEAD.tables} where c.id = any($1::uuid[])`;

interface Row {
  id: string;
  slug: string;
  revision: number;
  first_published_at: Date | null;
  published_at: Date;
  archived_at: Date | null;
  owner_id: string;
  owner_name: string;
  owner_bio: string;
  owner_is_verified: boolean;
  category_slug: string;
  name_en: string;
  name_ru: string;
  hue: number;
  motif: string;
  student_count: number;
  review_count: number;
  star_sum: number;
}

const factsOf = (row: Row): Omit<CourseHead, 'content' | 'size'> => ({
  id: row.id,
  slug: row.slug,
  revision: row.revision,
  firstPublishedAt: row.first_published_at ?? row.published_at,
  publishedAt: row.published_at,
  owner: { id: row.owner_id, name: row.owner_name, bio: row.owner_bio, isVerified: row.owner_is_verified },
  category: {
    slug: row.category_slug,
    nameEn: row.name_en,
    nameRu: row.name_ru,
    hue: row.hue,
    motif: row.motif,
  },
  archivedAt: row.archived_at,
  studentCount: row.student_count,
  reviews: { count: row.review_count, sum: row.star_sum },
});

/** The live ones among these courses. */
export async function loadCourses(db: Queryable, ids: string[]): Promise<LiveCourse[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.query<Row & { content: CourseRevision }>({
    name: 'load-courses',
    text: LOAD_COURSES,
    values: [ids],
  });
  return rows.map((row) => ({ ...factsOf(row), content: row.content, size: sizeOf(row.content) }));
}

/** The live ones among these courses, without their lessons. */
export async function loadHeads(db: Queryable, ids: string[]): Promise<CourseHead[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.query<Row & CourseSize & Pick<CourseHead, 'content'>>({
    name: 'load-course-heads',
    text: LOAD_HEADS,
    values: [ids],
  });
  return rows.map((row) => ({
    ...factsOf(row),
    content: row.content,
    size: {
      moduleCount: row.moduleCount,
      lessonCount: row.lessonCount,
      durationMinutes: row.durationMinutes,
      previewCount: row.previewCount,
    },
  }));
}
