import type { CatalogEntry } from '@eduplatform/contracts/catalog';
import type { CategorySummary, CourseCard } from '@eduplatform/contracts/documents';
import type { LessonAccess, Money } from '@eduplatform/contracts/primitives';
import type { RevisionLesson } from '@eduplatform/contracts/revision';
import type { LiveCourse, LoadedCategory } from './loaded.ts';

export const categorySummary = ({ slug, nameEn, nameRu, hue, motif }: LoadedCategory): CategorySummary => ({
  slug,
  name: { en: nameEn, ru: nameRu },
  hue,
  motif,
});

/** Null: free. */
export const priceOf = (course: LiveCourse): Money | null =>
  course.content.price && course.content.price.amount > 0 ? course.content.price : null;

export const lessonsOf = (course: LiveCourse): RevisionLesson[] =>
  course.content.modules.flatMap((module) => module.lessons);

export function accessOf(course: LiveCourse, lesson: RevisionLesson): LessonAccess {
  if (priceOf(course) === null) return 'free';
  return lesson.isFreePreview ? 'preview' : 'paid';
}

const totalMinutes = (course: LiveCourse): number =>
  lessonsOf(course).reduce((total, lesson) => total + lesson.durationMinutes, 0);

/** Rounded to hundredths; null while there is no review. */
const ratingOf = ({ count, sum }: LiveCourse['reviews']): CourseCard['rating'] =>
  count === 0 ? null : { average: Math.round((sum * 100) / count) / 100, count };

export function courseCard(course: LiveCourse): CourseCard {
  const { content, owner } = course;
  return {
    id: course.id,
    slug: course.slug,
    title: content.title,
    subtitle: content.subtitle,
    language: content.language,
    level: content.level,
    category: categorySummary(course.category),
    teacher: { id: owner.id, name: owner.name, isVerified: owner.isVerified },
    price: priceOf(course),
    lessonCount: lessonsOf(course).length,
    durationMinutes: totalMinutes(course),
    rating: ratingOf(course.reviews),
    publishedAt: course.firstPublishedAt.toISOString(),
    updatedAt: course.publishedAt.toISOString(),
  };
}

export const catalogEntry = (course: LiveCourse): CatalogEntry => ({
  id: course.id,
  title: course.content.title,
  category: course.category.slug,
  language: course.content.language,
  level: course.content.level,
  priceAmount: priceOf(course)?.amount ?? 0,
  durationMinutes: totalMinutes(course),
  publishedAtMs: course.firstPublishedAt.getTime(),
  updatedAtMs: course.publishedAt.getTime(),
});
