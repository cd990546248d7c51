import type { CatalogEntry } from '@eduplatform/contracts/catalog';
import type { CategorySummary, CourseCard } from '@eduplatform/contracts/documents';
import type { LessonAccess, Money } from '@eduplatform/contracts/primitives';
import { averageOf, type Stars } from '@eduplatform/contracts/rating';
import type { RevisionLesson } from '@eduplatform/contracts/revision';
import type { CourseHead, LiveCourse, LoadedCategory } from './loaded.ts';

export const categorySummary = ({ slug, nameEn, nameRu, hue, motif }: LoadedCategory): CategorySummary => ({
  slug,
  name: { en: nameEn, ru: nameRu },
  hue,
  motif,
});

/** Null: free. */
export const priceOf = (course: CourseHead): Money | null =>
  course.content.price && course.content.price.amount > 0 ? course.content.price : null;

export const previewCountOf = (course: CourseHead): number => (priceOf(course) ? course.size.previewCount : 0);

export const lessonsOf = (course: LiveCourse): RevisionLesson[] =>
  course.content.modules.flatMap((module) => module.lessons);

export function accessOf(course: CourseHead, lesson: RevisionLesson): LessonAccess {
  if (priceOf(course) === null) return 'free';
  return lesson.isFreePreview ? 'preview' : 'paid';
}

/** Null while there is no review. */
export function ratingOf(stars: Stars): CourseCard['rating'] {
  const average = averageOf(stars);
  return average === null ? null : { average, count: stars.count };
}

export function courseCard(course: CourseHead): CourseCard {
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
    lessonCount: course.size.lessonCount,
    durationMinutes: course.size.durationMinutes,
    rating: ratingOf(course.reviews),
    publishedAt: course.firstPublishedAt.toISOString(),
    updatedAt: course.publishedAt.toISOString(),
  };
}

export const catalogEntry = (course: CourseHead): CatalogEntry => ({
  id: course.id,
  title: course.content.title,
  category: course.category.slug,
  language: course.content.language,
  level: course.content.level,
  priceAmount: priceOf(course)?.amount ?? 0,
  durationMinutes: course.size.durationMinutes,
  publishedAtMs: course.firstPublishedAt.getTime(),
  updatedAtMs: course.publishedAt.getTime(),
  studentCount: course.studentCount,
  reviews: course.reviews,
});
