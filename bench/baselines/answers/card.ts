import type { CourseCard } from '@eduplatform/contracts/documents';
import type { Language, Level } from '@eduplatform/contracts/primitives';
import { averageOf } from '@eduplatform/contracts/rating';

/** Columns of a course that its card is made of, with those of its teacher and its category. */
export interface CardRow {
  id: string;
  slug: string;
  title: string;
  subtitle: string;
  language: Language;
  level: Level;
  category_slug: string;
  name_en: string;
  name_ru: string;
  hue: number;
  motif: string;
  teacher_id: string;
  teacher_name: string;
  teacher_is_verified: boolean;
  price_amount: number | null;
  price_currency: string | null;
  lesson_count: number;
  duration_minutes: number;
  review_count: number;
  star_sum: number;
  published_at: Date;
  updated_at: Date;
}

export function cardOf(row: CardRow): CourseCard {
  const average = averageOf({ count: row.review_count, sum: row.star_sum });
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    subtitle: row.subtitle,
    language: row.language,
    level: row.level,
    category: {
      slug: row.category_slug,
      name: { en: row.name_en, ru: row.name_ru },
      hue: row.hue,
      motif: row.motif,
    },
    teacher: { id: row.teacher_id, name: row.teacher_name, isVerified: row.teacher_is_verified },
    price:
      row.price_amount !== null && row.price_currency !== null
        ? { amount: row.price_amount, currency: row.price_currency }
        : null,
    lessonCount: row.lesson_count,
    durationMinutes: row.duration_minutes,
    rating: average === null ? null : { average, count: row.review_count },
    publishedAt: row.published_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
