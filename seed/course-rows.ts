import { buildRevision, type Rendered } from '@eduplatform/write-api/courses/revision';
import type { Course } from '@eduplatform/write-api/courses/course';
import type { DraftModule } from '@eduplatform/write-api/courses/draft';
import { renderMarkdown } from '@eduplatform/write-api/markdown/render';
import type { CopyValue } from './copy.ts';
import type { CourseSource } from './course-source.ts';
import { seedId } from './seed-id.ts';

/** The rows of one published course, table by table. */
export interface CourseRows {
  courseId: string;
  lessonIds: string[];
  course: CopyValue[];
  modules: CopyValue[][];
  lessons: CopyValue[][];
  revision: CopyValue[];
}

export const COLUMNS = {
  courses: [
    'id', 'owner_id', 'slug', 'title', 'subtitle', 'description_md', 'language', 'level', 'category_slug', 'price_amount',
    'price_currency', 'outcomes', 'version', 'published_version', 'live_revision', 'first_published_at', 'published_at',
    'created_at', 'updated_at',
  ],
  modules: ['id', 'course_id', 'title', 'sort_order'],
  lessons: ['id', 'course_id', 'module_id', 'title', 'body_md', 'is_free_preview', 'duration_minutes', 'sort_order'],
  course_revisions: ['course_id', 'revision', 'content', 'published_by', 'published_at'],
  live_lessons: ['lesson_id', 'course_id'],
}; // prettier-ignore

/** The id of the `l`-th lesson of the `m`-th module of a course. */
export const lessonIdOf = (slug: string, m: number, l: number, publishedAt: Date): string =>
  seedId(`${slug}/${m}/${l}`, publishedAt);

/**
 * A course that was written and published once, at `publishedAt`, by its owner. Pure; ids follow from the slug. `rendered`
 * is there for those who know a faster way to the same as renderMarkdown.
 */
export function courseRows(
  source: CourseSource,
  ownerId: string,
  publishedAt: Date,
  rendered: Rendered = renderMarkdown,
): CourseRows {
  const courseId = seedId(source.slug, publishedAt);
  const modules: DraftModule[] = source.modules.map((module, m) => ({
    id: seedId(`${source.slug}/${m}`, publishedAt),
    title: module.title,
    lessons: module.lessons.map((lesson, l) => ({ id: lessonIdOf(source.slug, m, l, publishedAt), ...lesson })),
  }));
  const course: Course = {
    id: courseId,
    ownerId,
    slug: source.slug,
    title: source.title,
    subtitle: source.subtitle,
    descriptionMd: source.descriptionMd,
    language: source.language,
    level: source.level,
    category: source.categorySlug,
    price: source.price,
    outcomes: source.outcomes,
    version: 1,
    publishedVersion: 1,
    liveRevision: 1,
    firstPublishedAt: publishedAt,
    publishedAt,
    archivedAt: null,
    updatedAt: publishedAt,
  };
  const content = buildRevision(course, modules, { rendered, previous: null, now: publishedAt });
  return {
    courseId,
    lessonIds: modules.flatMap(({ lessons }) => lessons.map(({ id }) => id)),
    course: [
      courseId, ownerId, course.slug, course.title, course.subtitle, course.descriptionMd, course.language, course.level,
      course.category, course.price?.amount ?? null, course.price?.currency ?? null, course.outcomes, 1, 1, 1,
      publishedAt, publishedAt, publishedAt, publishedAt,
    ], // prettier-ignore
    modules: modules.map(({ id, title }, m) => [id, courseId, title, m + 1]),
    lessons: modules.flatMap(
      (module) =>
      module.lessons.map(({ id, title, bodyMd, isFreePreview, durationMinutes }, l) => [
        id, courseId, module.id, title, bodyMd, isFreePreview, durationMinutes, l + 1,
      ]), // prettier-ignore
    ),
    revision: [courseId, 1, JSON.stringify(content), ownerId, publishedAt],
  };
}
